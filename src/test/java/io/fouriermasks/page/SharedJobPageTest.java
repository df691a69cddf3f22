package io.fouriermasks.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.fouriermasks.api.LabFolder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page of a job that is not about photographs, in a real browser. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
class SharedJobPageTest {

  private static final double PATIENCE = 120_000;

  @TestHTTPResource("/")
  String root;

  @Test
  void the_curves_and_the_mask_of_a_whole_model_appear_without_a_reload() {
    String id =
        given()
            .contentType("application/json")
            .body(
                Map.of(
                    "kind",
                    "model-mask",
                    "model",
                    LabFolder.MODEL,
                    "dataset",
                    LabFolder.DATASET,
                    "epochs",
                    6))
            .post("/api/jobs")
            .path("id");
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "jobs/" + id, 1600, ColorScheme.LIGHT);
      assertThat(page.locator("#shared-charts figure")).hasCount(4);
      assertThat(page.locator("#state-badge"))
          .containsText(
              "Succeeded", new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE));
      assertThat(page.locator("#shared-made li img")).hasCount(1);
      assertThat(page.locator("#shared-charts output").nth(1)).containsText("%");
      assertThat(page.locator("#bench")).isHidden();
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        for (int width : new int[] {360, 1600}) {
          Page again = browser.open(root + "jobs/" + id, width, scheme);
          assertThat(again.locator("#shared-made li img")).isVisible();
          assertThat(Browser.overflow(again)).as("overflow at %d", width).isZero();
          assertThat(Browser.accessibilityFindings(again)).as("%s", scheme).isEmpty();
          again.context().close();
        }
      }
      assertThat(browser.errors()).isEmpty();
    }
  }
}
