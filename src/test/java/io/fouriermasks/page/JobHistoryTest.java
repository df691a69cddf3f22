package io.fouriermasks.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.fouriermasks.api.LabFolder;
import io.fouriermasks.api.OwnLab;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of a job tells what happened to it. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(OwnLab.class)
class JobHistoryTest {

  @TestHTTPResource("/")
  String root;

  @Test
  void every_state_is_told_once_with_the_process_that_did_the_work() {
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "jobs/" + started(), 1400, ColorScheme.LIGHT);
      Locator happened = page.locator("#happened li span");
      assertThat(happened.last()).hasText("Succeeded", later());
      assertThat(happened.filter(with("Accepted"))).hasCount(1);
      assertThat(happened.filter(with("Started on .+:[0-9]+"))).hasCount(1);
      assertThat(happened.first()).hasText("Accepted");
      int told = happened.count();
      page.reload();
      assertThat(happened.last()).hasText("Succeeded", later());
      assertThat(happened).hasCount(told);
      assertThat(page.locator("#worker-text")).isHidden();
      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void a_history_that_cannot_be_read_is_asked_for_again() {
    String job = started();
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "no-such-page", 1400, ColorScheme.LIGHT);
      page.route("**/api/jobs/*/history", Route::abort);
      page.navigate(root + "jobs/" + job);
      assertThat(page.locator("#happened-state [role=alert]")).containsText("cannot be reached");
      page.unroute("**/api/jobs/*/history");
      page.locator("#happened-state button").press("Enter");
      assertThat(page.locator("#happened li").filter(with("Started on"))).hasCount(1);
      assertThat(page.locator("#happened-state")).isEmpty();
    }
  }

  private static Locator.FilterOptions with(String pattern) {
    return new Locator.FilterOptions().setHasText(Pattern.compile(pattern));
  }

  private static LocatorAssertions.HasTextOptions later() {
    return new LocatorAssertions.HasTextOptions().setTimeout(Browser.PATIENCE_MILLIS);
  }

  private static String started() {
    Map<String, Object> mask =
        Map.of(
            "kind",
            "model-mask",
            "model",
            LabFolder.MODEL,
            "dataset",
            LabFolder.DATASET,
            "epochs",
            1);
    return given().contentType("application/json").body(mask).post("/api/jobs").path("id");
  }
}
