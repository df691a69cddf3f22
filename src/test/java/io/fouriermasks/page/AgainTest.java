package io.fouriermasks.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.fouriermasks.api.LabFolder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A job of any kind is run again with one thing changed: nothing else differs. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(AgainTest.AgainLab.class)
class AgainTest {

  /** A program of its own: these tests leave models behind. */
  public static class AgainLab implements QuarkusTestProfile {}

  private static final double PATIENCE = 60_000;

  @TestHTTPResource("/")
  String root;

  @Test
  void a_mask_of_a_model() {
    changed(
        "whole",
        Map.of(
            "kind",
            "model-mask",
            "model",
            LabFolder.MODEL,
            "dataset",
            LabFolder.DATASET,
            "split",
            "train",
            "preset",
            "minibatch",
            "batchSize",
            3,
            "epochs",
            1,
            "accuracyRatio",
            0.5,
            "seed",
            8),
        "epochs",
        "2");
  }

  @Test
  void masks_of_classes() {
    changed(
        "class",
        Map.of(
            "kind",
            "class-mask",
            "model",
            LabFolder.MODEL,
            "dataset",
            LabFolder.DATASET,
            "classes",
            List.of("church"),
            "epochs",
            1,
            "seed",
            9),
        "seed",
        "10");
  }

  @Test
  void a_heat_map() {
    changed(
        "heat",
        Map.of(
            "kind",
            "heat-map",
            "model",
            LabFolder.MODEL,
            "dataset",
            LabFolder.DATASET,
            "split",
            "train",
            "norm",
            7.5,
            "radius",
            1,
            "images",
            2),
        "radius",
        "2");
  }

  @Test
  void the_training_of_a_model() {
    changed(
        "train",
        Map.of(
            "kind",
            "train-model",
            "architecture",
            "compact",
            "augmentation",
            "sn",
            "dataset",
            LabFolder.DATASET,
            "family",
            "once",
            "preset",
            "quick",
            "epochs",
            1,
            "batchSize",
            4,
            "minCrop",
            0.6,
            "seed",
            5),
        "family",
        "twice");
  }

  @Test
  void a_job_that_cannot_be_read_is_said_and_the_form_stays_usable() {
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "models?again=987654", 400, ColorScheme.DARK);
      assertThat(page.locator("#train-problem")).containsText("There is no job 987654", later());
      assertThat(page.locator("#train [type=submit]")).isEnabled();
    }
  }

  private void changed(String form, Map<String, Object> asked, String field, String value) {
    String first =
        given()
            .contentType("application/json")
            .body(new HashMap<>(asked))
            .post("/api/jobs")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "jobs/" + first, 400, ColorScheme.LIGHT);
      Locator link = page.locator("#change-link");
      // a key goes to what has the focus, and what is hidden cannot have it
      link.waitFor();
      link.press("Enter");
      Locator settings = page.locator("#" + form);
      assertThat(settings.locator("[role=status].notice"))
          .containsText("settings of job " + first, later());
      page.locator("#%s-%s".formatted(form, field)).fill(value);
      assertThat(Browser.accessibilityFindings(page)).isEmpty();
      settings.locator("[type=submit]").press("Enter");
      Locator started = page.locator("#%s-started a".formatted(form)).first();
      started.waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE));
      String second = started.getAttribute("href").replaceAll(".*/", "");
      assertThat(
              given()
                  .get("/api/jobs/differences?jobs=" + first + "," + second)
                  .<List<String>>path("differences.field"))
          .containsExactly(field);
      assertThat(browser.errors()).isEmpty();
    }
  }

  private static LocatorAssertions.ContainsTextOptions later() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE);
  }
}
