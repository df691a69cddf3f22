package io.fouriermasks.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.fouriermasks.api.LabFolder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A time that is not known yet can be measured from the form that would start the job. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(MeasurementPageTest.NothingMeasured.class)
class MeasurementPageTest {

  /** A program of its own, on which nothing has run before. */
  public static class NothingMeasured implements QuarkusTestProfile {}

  @TestHTTPResource("/")
  String root;

  @Test
  void a_time_is_measured_when_nothing_else_is_computed_and_refused_else() {
    Map<String, Object> hours =
        Map.of(
            "kind",
            "train-model",
            "dataset",
            "photos",
            "architecture",
            "compact",
            "augmentation",
            "n",
            "family",
            "hours",
            "epochs",
            5000);
    String job =
        given()
            .contentType("application/json")
            .body(hours)
            .post("/api/jobs")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "models/" + LabFolder.MODEL, 1400, ColorScheme.LIGHT);
      var estimate = page.locator("#heat-estimate");
      var measure = page.locator("#heat-estimate + button");
      assertThat(measure).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(60_000));
      assertThat(estimate).containsText("not known yet");
      measure.press("Enter");
      assertThat(estimate).containsText("Jobs are running or waiting");
      assertThat(measure).isEnabled();

      given().post("/api/jobs/" + job + "/cancel").then().statusCode(202);
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> given().get("/api/jobs/" + job).path("state").equals("CANCELLED"));
      measure.press("Enter");
      assertThat(estimate)
          .containsText(
              "measured on cpu", new LocatorAssertions.ContainsTextOptions().setTimeout(120_000));
      assertThat(measure).isHidden();
      assertThat(page.locator("#heat [type=submit]")).isFocused();
      assertThat(browser.errors()).allMatch(error -> error.contains("status of 409"));
    }
  }
}
