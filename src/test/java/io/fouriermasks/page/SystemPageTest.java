package io.fouriermasks.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.fouriermasks.api.LabFolder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** What a browser shows of the machine and of the licences. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
class SystemPageTest {

  @TestHTTPResource("/")
  String root;

  @Test
  void the_page_shows_the_machine_and_the_licences() {
    try (Browser browser = new Browser()) {
      browser.requireSound(
          root + "system",
          "() => document.querySelector('#engine-facts').textContent.includes('Ready')"
              + " && document.querySelectorAll('#licences tr').length > 50");
      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void a_search_for_a_licence_is_in_the_address() {
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "system", 1000, ColorScheme.LIGHT);
      page.locator("#licence-search").fill("chart.js");
      assertThat(page.locator("#licences tr")).hasCount(2);
      page.reload();
      assertThat(page.locator("#licence-search")).hasValue("chart.js");
      assertThat(page.locator("#licences tr")).hasCount(2);
      assertThat(page.locator("#licences")).containsText("MIT");
      page.locator("#licence-search").fill("no such licence");
      assertThat(page.locator("#licences-state")).containsText("No part");
    }
  }

  @Test
  void loading_failed_and_reconnecting_look_different() {
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "no-such-page", 1000, ColorScheme.LIGHT);
      page.route("**/api/system", Route::abort);
      page.navigate(root + "system");
      assertThat(page.locator("#system-state .failed")).containsText("cannot be reached");
      page.unroute("**/api/system");
      assertThat(page.locator("#system")).isVisible(visibleLater());
      assertThat(page.locator("#system-live")).hasText("Live");
      page.route("**/api/system", Route::abort);
      assertThat(page.locator("#system-live")).hasText("Reconnecting", textLater());
      assertThat(page.locator("#engine-facts")).isVisible();
    }
  }

  private static LocatorAssertions.IsVisibleOptions visibleLater() {
    return new LocatorAssertions.IsVisibleOptions().setTimeout(Browser.PATIENCE_MILLIS);
  }

  private static LocatorAssertions.HasTextOptions textLater() {
    return new LocatorAssertions.HasTextOptions().setTimeout(Browser.PATIENCE_MILLIS);
  }
}
