package io.fouriermasks.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.fouriermasks.api.KitFiles;
import io.fouriermasks.api.LabFolder;
import io.fouriermasks.api.TestPictures;
import io.fouriermasks.job.MaskIntake;
import io.fouriermasks.store.LabConfig;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a browser shows of the masks that come with the samples. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
class MasksOfFilesTest {

  private static final double PATIENCE = 120_000;

  @TestHTTPResource("/")
  String root;

  @Inject MaskIntake intake;
  @Inject LabConfig config;

  @Test
  void the_grid_of_models_shows_a_mask_with_its_numbers() {
    try (Browser browser = new Browser()) {
      for (int width : new int[] {360, 1600}) {
        for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
          Page page = browser.open(root, width, scheme);
          Locator cells = page.locator("#models tbody td");
          assertThat(cells).hasCount(5, countLater());
          Locator mask = cells.first().locator("img");
          assertThat(mask).hasCount(1, countLater());
          page.waitForFunction(
              "() => document.querySelector('#models img').naturalWidth === 128",
              null,
              new Page.WaitForFunctionOptions().setTimeout(PATIENCE));
          assertThat(mask.getAttribute("alt")).contains("Compact, plain (tiny)", "%");
          assertThat(cells.first()).containsText("80.0");
          assertThat(cells.first()).containsText("75.0");
          assertThat(cells.nth(1)).containsText("train-models --architecture compact");
          assertThat(cells.nth(1)).containsText("--augmentation adv");
          assertThat(page.locator("#models-scale")).isVisible();
          assertThat(page.locator("#models-legend")).containsText("0.5");
          assertThat(Browser.overflow(page)).isZero();
          assertThat(Browser.accessibilityFindings(page)).isEmpty();
          page.context().close();
        }
      }
      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void a_model_without_mask_says_so() {
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "no-such-page", 1200, ColorScheme.LIGHT);
      page.route(
          "**/api/masks?*",
          route ->
              route.fulfill(
                  new Route.FulfillOptions()
                      .setContentType("application/json")
                      .setBody("{\"items\": [], \"next\": null}")));
      page.navigate(root);
      assertThat(page.locator("#models tbody td").first())
          .containsText(
              "no mask yet", new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE));
      assertThat(page.locator("#models-legend")).isHidden();
      assertThat(Browser.accessibilityFindings(page)).isEmpty();
    }
  }

  @Test
  void a_photograph_leads_to_its_masks() {
    Path data = config.dataDir();
    KitFiles.write(data, "photos/val/moss/shown.png", TestPictures.noise(128, 128, 904, "png"));
    KitFiles.write(
        data,
        "masks/tiny/compact_imagemask_n/moss/shown.npz",
        KitFiles.ofImage(KitFiles.disc(13), "moss/shown.png", Map.of("variant", "n")));
    intake.run();
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "images", 360, ColorScheme.LIGHT);
      Locator card = page.locator("#gallery > li").filter(named("shown.png"));
      // masks are fetched when a card comes near the screen
      card.scrollIntoViewIfNeeded();
      Locator summary = card.locator(".mask-box summary");
      assertThat(summary).containsText("1 mask", containsLater());
      summary.press("Enter");
      assertThat(card.locator(".mask-box li")).containsText("Compact, plain (tiny)");
      assertThat(card.locator(".mask-box a[href$='.npz']")).isVisible();
      assertThat(Browser.overflow(page)).isZero();
      assertThat(Browser.accessibilityFindings(page)).isEmpty();
    }
  }

  private static Locator.FilterOptions named(String name) {
    return new Locator.FilterOptions().setHasText(name);
  }

  private static LocatorAssertions.ContainsTextOptions containsLater() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE);
  }

  private static LocatorAssertions.HasCountOptions countLater() {
    return new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE);
  }
}
