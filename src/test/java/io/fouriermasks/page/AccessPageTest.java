package io.fouriermasks.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.fouriermasks.api.LabFolder;
import io.fouriermasks.api.LockedLab;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** A browser at the door. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(LockedLab.class)
class AccessPageTest {

  @TestHTTPResource("/")
  String root;

  @Test
  void a_page_is_opened_with_the_token_by_keyboard_and_everything_on_it_works() {
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "jobs?by=study", 1200, ColorScheme.LIGHT);
      assertThat(page.locator("h1")).hasText("This lab is locked");
      page.keyboard().type("wrong");
      page.keyboard().press("Enter");
      assertThat(page.locator("#token-error")).hasText("This is no token of this lab.");
      page.keyboard().type(LockedLab.TOKEN);
      page.keyboard().press("Enter");
      page.waitForURL("**/jobs?by=study");
      assertThat(page.locator("#jobs-state .loading")).hasCount(0);
      assertThat(page.evaluate("document.cookie")).isEqualTo("");

      // the token has changed while the page was open
      page.context().clearCookies();
      page.locator("#f-state").selectOption("RUNNING");
      page.waitForURL("**/access?next=**");
      assertThat(page.locator("h1")).hasText("This lab is locked");
      assertThat(browser.errors()).allMatch(error -> error.contains("status of 401"));
    }
  }

  @Test
  void the_question_is_sound() {
    try (Browser browser = new Browser()) {
      browser.requireSound(root, "() => document.querySelector('#token') !== null");
      assertThat(browser.errors()).isEmpty();
    }
  }
}
