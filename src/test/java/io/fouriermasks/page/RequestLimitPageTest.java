package io.fouriermasks.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.fouriermasks.api.LabFolder;
import io.fouriermasks.api.LabUser;
import io.fouriermasks.api.PacedLab;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a browser shows to who has to wait. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(PacedLab.class)
class RequestLimitPageTest {

  @TestHTTPResource("/")
  String root;

  @Inject PacedLab.Minutes minutes;

  @BeforeEach
  void nobody_has_asked_for_a_while() {
    minutes.pass(Duration.ofMinutes(2));
  }

  @Test
  void too_many_requests_are_said_in_place_of_what_was_asked_for() {
    LabUser user = LabUser.add("hasty-browser", "viewer");
    for (int i = 0; i < PacedLab.REQUESTS; i++) {
      user.asks().get("/api/me").then().statusCode(200);
    }
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "datasets?token=" + user.token(), 1200, ColorScheme.LIGHT);
      assertThat(page.locator("main"))
          .containsText("You have sent more than the 30 requests that one may send in a minute.");
      assertThat(browser.errors()).allMatch(error -> error.contains("status of 429"));
    }
  }

  @Test
  void too_many_wrong_tokens_are_said_on_the_page_that_asks() {
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "jobs", 360, ColorScheme.LIGHT);
      for (int i = 0; i < PacedLab.WRONG; i++) {
        page.locator("#token").fill("wrong-" + i);
        page.keyboard().press("Enter");
        assertThat(page.locator("#token-error")).hasText("This is no token of this lab.");
        page.locator("#token").fill("");
      }
      page.locator("#token").fill("one too many");
      page.keyboard().press("Enter");
      assertThat(page.locator("#token-error"))
          .hasText("Too many wrong tokens came from your address. Try again in 20 s.");
      assertThat(Browser.overflow(page)).isZero();
      assertThat(Browser.accessibilityFindings(page)).isEmpty();
      minutes.pass(Duration.ofSeconds(20));
      page.locator("#token").fill(LabUser.ADMIN.token());
      page.keyboard().press("Enter");
      assertThat(page.locator("h1")).hasText("Jobs");
    }
  }
}
