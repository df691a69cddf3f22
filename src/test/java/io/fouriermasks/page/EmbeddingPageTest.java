package io.fouriermasks.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
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
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a browser shows of the map of masks. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(EmbeddingPageTest.MapLab.class)
class EmbeddingPageTest {

  /** A program of its own: the map counts all masks that there are. */
  public static class MapLab implements QuarkusTestProfile {}

  private static final String IS_DRAWN =
      "() => document.querySelectorAll('#classes input').length >= 2"
          + " && !document.querySelector('#map-box').hidden";

  @TestHTTPResource("/")
  String root;

  @Inject MaskIntake intake;
  @Inject LabConfig config;

  @BeforeEach
  void twelve_masks_of_two_classes_are_there() {
    for (int i = 0; i < 12; i++) {
      String folder = i % 2 == 0 ? "moss" : "pebble";
      String image = folder + "/" + i + ".png";
      KitFiles.write(
          config.dataDir(), "photos/val/" + image, TestPictures.noise(128, 128, 700 + i, "png"));
      KitFiles.write(
          config.dataDir(),
          "masks/tiny/compact_imagemask_n/" + folder + "/" + i + ".npz",
          KitFiles.ofImage(KitFiles.disc(i % 2 == 0 ? 8 : 40), image, Map.of("variant", "n")));
    }
    intake.run();
  }

  @Test
  void the_map_is_sound_on_every_screen() {
    try (Browser browser = new Browser()) {
      browser.requireSound(root + "embedding", IS_DRAWN);
      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void a_mask_is_found_by_keyboard_kept_in_the_address_and_shown_again() {
    try (Browser browser = new Browser()) {
      Page page = open(browser);
      page.locator("#map").focus();
      page.keyboard().press("ArrowRight");
      Locator name = page.locator("#shown h3");
      assertThat(name).containsText(".png");
      assertThat(page.locator("#shown img")).hasCount(2);
      page.keyboard().press("Enter");
      assertThat(page.url()).contains("mask=");
      String kept = name.textContent();
      page.reload();
      assertThat(name).hasText(kept, new LocatorAssertions.HasTextOptions().setTimeout(60_000));
      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void a_class_that_is_switched_off_leaves_the_map_the_table_and_the_file() throws IOException {
    try (Browser browser = new Browser()) {
      Page page = open(browser);
      page.locator("#table-details summary").click();
      assertThat(page.locator("#points tr").filter(text("pebble")).first()).isVisible();
      int all = page.locator("#points tr").count();
      int pebbles = page.locator("#points tr").filter(text("pebble")).count();
      assertThat(pebbles).isPositive();
      page.locator("#classes label").filter(text("pebble")).locator("input").uncheck();
      String note = "%d of %d masks".formatted(all - pebbles, all);
      assertThat(page.locator("#map-note")).hasText(note);
      assertThat(page.url()).contains("class=").contains("moss").doesNotContain("pebble");
      assertThat(page.locator("#points tr")).hasCount(all - pebbles);
      Download csv = page.waitForDownload(() -> page.locator("#map-csv").click());
      assertThat(Files.readString(csv.path()).lines())
          .hasSize(1 + all - pebbles)
          .first()
          .asString()
          .startsWith("mask,image,");
      Download png = page.waitForDownload(() -> page.locator("#map-png").click());
      assertThat(Files.size(png.path())).isGreaterThan(5000);
      page.reload();
      assertThat(page.locator("#map-note")).hasText(note, later());
    }
  }

  @Test
  void empty_and_failed_are_different_sights() {
    try (Browser browser = new Browser()) {
      Page page = open(browser);
      page.locator("#models input").first().uncheck();
      assertThat(page.locator("#map-state .empty")).containsText("Choose at least one model");
      page.route("**/api/embeddings?*", Route::abort);
      page.locator("#models input").first().check();
      assertThat(page.locator("#map-state .failed")).containsText("cannot be reached");
      page.unroute("**/api/embeddings?*");
      page.locator("#map-state button").click();
      page.waitForFunction(IS_DRAWN);
    }
  }

  private Page open(Browser browser) {
    Page page = browser.open(root + "embedding", 1400, ColorScheme.LIGHT);
    page.waitForFunction(
        IS_DRAWN, null, new Page.WaitForFunctionOptions().setTimeout(Browser.PATIENCE_MILLIS));
    return page;
  }

  private static Locator.FilterOptions text(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static LocatorAssertions.HasTextOptions later() {
    return new LocatorAssertions.HasTextOptions().setTimeout(Browser.PATIENCE_MILLIS);
  }
}
