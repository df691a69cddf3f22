package io.fouriermasks.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.fouriermasks.api.LabFolder;
import io.fouriermasks.api.TestPictures;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Jobs of every kind are started from the pages of models and datasets, and followed there. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(LaunchPagesTest.LaunchLab.class)
class LaunchPagesTest {

  /** A program of its own: these tests count what there is. */
  public static class LaunchLab implements QuarkusTestProfile {}

  private static final double PATIENCE = 60_000;

  private static final String ONE_HEAT_MAP =
      """
      {"items": [{"id": "1", "job": "1", "model": "m", "dataset": "photos", "split": "val",
        "norm": 4, "radius": 2, "images": 3, "cleanError": 0.1, "seconds": 1,
        "createdAt": "2026-11-01T12:00:00Z"}]}
      """;

  @TestHTTPResource("/")
  String root;

  @Test
  void the_pages_are_sound_on_a_phone_and_a_large_screen_light_and_dark() {
    try (Browser browser = new Browser()) {
      browser.requireSound(
          root + "models",
          "() => document.querySelector('#models img')?.naturalWidth === 128"
              + " && document.querySelector('#train-dataset').value === 'photos'");
      browser.requireSound(
          root + "models/" + LabFolder.MODEL,
          "() => document.querySelector('#masks img')?.naturalWidth === 128"
              + " && document.querySelector('#heat-split').value === 'val'"
              + " && document.querySelector('#facts dl') !== null"
              + " && document.querySelector('.loading') === null");
      browser.requireSound(
          root + "datasets",
          "() => document.querySelectorAll('.dataset').length === 1"
              + " && document.querySelector('#datasets-folder').textContent.startsWith('/')");
      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void a_model_is_trained_from_a_dataset_by_keyboard_and_has_its_curve() {
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "datasets", 1400, ColorScheme.LIGHT);
      page.locator(".dataset a").press("Enter");
      page.waitForURL("**/models?dataset=photos#train-title");
      assertThat(page.locator("#train-dataset")).hasValue(LabFolder.DATASET, valueLater());
      page.locator("#train-augmentation").selectOption("tn");
      page.locator("#train-family").fill("typed");
      page.locator("#train summary").press("Enter");
      page.locator("#train-preset").selectOption("paper");
      assertThat(page.locator("#train-epochs")).hasValue("50");
      assertThat(page.locator("#train-learningRate")).hasValue("0.001");
      page.locator("#train-epochs").fill("2");
      page.locator("#train-batchSize").fill("4");
      page.locator("#train-batchSize").press("Enter");
      assertThat(page.locator("#train-started")).containsText("Succeeded", containsLater());

      page.navigate(root + "models/typed-compact-tn");
      assertThat(page.locator("#training a").first()).containsText("job", containsLater());
      assertThat(page.locator("#training canvas[aria-label*='Accuracy']")).hasCount(1, later());
      assertThat(page.locator("#jobs .job-card")).hasCount(1, later());
      assertThat(page.locator("#masks")).containsText("No mask of this model yet");
      assertThat(Browser.accessibilityFindings(page)).isEmpty();
      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void a_heat_map_started_on_the_page_of_a_model_appears_there_without_a_reload() {
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "models/" + LabFolder.MODEL, 1400, ColorScheme.DARK);
      page.evaluate("window.neverReloaded = true");
      assertThat(page.locator("#heat-split")).hasValue("val", valueLater());
      page.locator("#heat summary").press("Enter");
      page.locator("#heat-radius").fill("2");
      page.locator("#heat-images").fill("3");
      page.locator("#heat-images").press("Enter");
      Locator canvas = page.locator("#heat-maps canvas");
      assertThat(canvas).hasCount(1, later());
      assertThat(canvas)
          .hasAttribute(
              "aria-label",
              Pattern.compile("3 images of photos, up to 2 cycles"),
              new LocatorAssertions.HasAttributeOptions().setTimeout(PATIENCE));
      canvas.press("ArrowRight");
      assertThat(page.locator("#heat-maps .readout")).containsText("(0, 0)");
      // beyond the radius nothing was measured, and nothing is drawn
      assertThat(
              page.evaluate(
                  "[...document.querySelector('#heat-maps canvas').getContext('2d')"
                      + ".getImageData(0, 0, 1, 1).data][3]"))
          .isEqualTo(0);
      assertThat(page.evaluate("window.neverReloaded")).isEqualTo(true);
      assertThat(Browser.accessibilityFindings(page)).isEmpty();
      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void a_heat_map_that_is_on_its_way_has_a_name_for_those_who_cannot_see_it() {
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "no-such-page", 1200, ColorScheme.LIGHT);
      page.route("**/api/heat-maps?*", route -> route.fulfill(json(ONE_HEAT_MAP)));
      List<Route> held = new ArrayList<>();
      page.route("**/api/heat-maps/*.bin", held::add);
      page.navigate(root + "models/" + LabFolder.MODEL);
      Locator canvas = page.locator("#heat-maps canvas");
      assertThat(canvas).hasCount(1, later());
      page.waitForCondition(() -> !held.isEmpty());
      assertThat(canvas).hasAttribute("aria-label", "Heat map: nothing yet");
      assertThat(Browser.accessibilityFindings(page)).isEmpty();
      held.forEach(Route::abort);
    }
  }

  @Test
  void the_masks_of_chosen_classes_are_made_and_shown() {
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "models/" + LabFolder.MODEL, 1400, ColorScheme.LIGHT);
      assertThat(page.locator("#class-split")).hasValue("val", valueLater());
      Locator classes = page.locator("#class input[name=classes]");
      for (int i = 0; i < LabFolder.CLASSES.size(); i++) {
        classes.nth(i).uncheck();
      }
      page.locator("#class [type=submit]").press("Enter");
      assertThat(page.locator("#class-classes-error")).hasText("Choose at least one class.");
      page.locator("#class input[value=church]").check();
      page.locator("#class summary").press("Enter");
      page.locator("#class-epochs").fill("2");
      page.locator("#class-epochs").press("Enter");
      assertThat(page.locator("#class-started")).containsText("Succeeded", containsLater());
      assertThat(page.locator("#masks")).containsText("church", containsLater());
      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void all_five_augmentations_are_trained_and_their_masks_learned_together() {
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "models?augmentation=all", 1400, ColorScheme.LIGHT);
      assertThat(page.locator("#train-dataset")).hasValue(LabFolder.DATASET, valueLater());
      page.locator("#train-family").fill("five");
      page.locator("#train summary").press("Enter");
      page.locator("#train-epochs").fill("1");
      page.locator("#train-batchSize").fill("8");
      page.locator("#train-batchSize").press("Enter");
      assertThat(page.locator("#train-started")).containsText("5 succeeded", containsLater());
      assertThat(page.locator("#train-started a")).hasText("five, Compact: all augmentations");

      // the new models can be chosen at once
      page.locator("#row-row").selectOption("five/compact");
      assertThat(page.locator("#row-split")).hasValue("val", valueLater());
      page.locator("#row summary").press("Enter");
      page.locator("#row-preset").selectOption("minibatch");
      assertThat(page.locator("#row-batchSize")).hasValue("16");
      page.locator("#row-epochs").fill("1");
      page.locator("#row-epochs").press("Enter");
      assertThat(page.locator("#row-started")).containsText("5 succeeded", containsLater());
      assertThat(page.locator("#row-started a[href^='/studies/']")).hasCount(1);
      // steps that are over at once measure nothing, and nothing is made up
      assertThat(page.locator("#row-estimate")).containsText("not known yet", containsLater());
      Locator compare = page.locator("#models a[href^='/compare?columns=']");
      assertThat(compare).hasCount(1, later());
      assertThat(compare).hasAttribute("aria-label", "Compare the masks of five, compact");
      assertThat(Browser.accessibilityFindings(page)).isEmpty();
      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void what_is_wrong_is_said_at_its_field() {
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "models?family=Not+A+Slug", 1400, ColorScheme.LIGHT);
      assertThat(page.locator("#train-dataset")).hasValue(LabFolder.DATASET, valueLater());
      page.locator("#train-epochs").evaluate("field => (field.value = '0')");
      page.locator("#train [type=submit]").press("Enter");
      assertThat(page.locator("#train-epochs-error")).hasText("A whole number from 1 to 10000.");
      assertThat(page.locator("#train-epochs")).isFocused();
      page.locator("#train-epochs").fill("1");
      assertThat(page.locator("#train-epochs-error")).isHidden();
      page.locator("#train [type=submit]").press("Enter");
      assertThat(page.locator("#train-family-error"))
          .containsText("small letters", containsLater());
      assertThat(page.locator("#train-family")).hasAttribute("aria-invalid", "true");
      assertThat(page.locator("#train-started")).isEmpty();
    }
  }

  @Test
  void a_mask_of_an_attacked_photograph_is_started_and_run_again_with_the_attack() {
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "images", 1400, ColorScheme.LIGHT);
      page.locator("#upload-input")
          .setInputFiles(
              new FilePayload("noise.png", "image/png", TestPictures.noise(128, 128, 77, "png")));
      assertThat(page.locator("#selected-count"))
          .containsText("1 photograph selected", containsLater());
      page.locator("#advanced summary").press("Enter");
      page.locator("#max-steps").fill("3");
      page.locator("#attacked").press("Space");
      page.locator("#max-steps").press("Enter");
      page.waitForURL("**/jobs/*", new Page.WaitForURLOptions().setTimeout(PATIENCE));
      String job = page.url().replaceAll(".*/", "");
      given().get("/api/jobs/" + job).then().body("specification.attacked", equalTo(true));
      page.navigate(root + "images?again=" + job);
      assertThat(page.locator("#max-steps"))
          .hasValue("3", new LocatorAssertions.HasValueOptions().setTimeout(PATIENCE));
      assertThat(page.locator("#attacked")).isChecked();
      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void a_server_that_fails_is_not_an_empty_list() {
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "no-such-page", 1200, ColorScheme.LIGHT);
      page.route("**/api/datasets", route -> route.fulfill(failure()));
      page.navigate(root + "datasets");
      assertThat(page.locator("#datasets-state [role=alert]")).hasText("Broken.");
      page.unroute("**/api/datasets");
      page.locator("#datasets-state button").press("Enter");
      assertThat(page.locator(".dataset")).hasCount(1, later());
    }
  }

  private static Route.FulfillOptions failure() {
    return new Route.FulfillOptions()
        .setStatus(500)
        .setContentType("application/problem+json")
        .setBody("{\"status\": 500, \"title\": \"Error\", \"detail\": \"Broken.\"}");
  }

  private static Route.FulfillOptions json(String body) {
    return new Route.FulfillOptions().setContentType("application/json").setBody(body);
  }

  private static LocatorAssertions.HasCountOptions later() {
    return new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE);
  }

  private static LocatorAssertions.HasValueOptions valueLater() {
    return new LocatorAssertions.HasValueOptions().setTimeout(PATIENCE);
  }

  private static LocatorAssertions.ContainsTextOptions containsLater() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE);
  }
}
