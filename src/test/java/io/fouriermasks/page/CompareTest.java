package io.fouriermasks.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.fouriermasks.api.KitFiles;
import io.fouriermasks.api.LabFolder;
import io.fouriermasks.api.TestPictures;
import io.fouriermasks.job.MaskIntake;
import io.fouriermasks.spectrum.Npz;
import io.fouriermasks.store.LabConfig;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The comparison board in a browser. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
class CompareTest {

  private static final double PATIENCE = 60_000;

  @TestHTTPResource("/compare")
  String compare;

  @Inject MaskIntake intake;
  @Inject LabConfig config;

  private String model;
  private String ofClass;
  private String image;

  /** A mask of a model, which keeps frequencies up to 20, and one of a class, up to 11. */
  @BeforeEach
  void masks_and_a_photograph_are_there() {
    KitFiles.write(
        config.dataDir(),
        "masks/tiny/compact_mask_n_class_moss.npz",
        KitFiles.ofModel(
            KitFiles.disc(11),
            Map.of("kind", "class-mask", "class", "moss", "classFolder", "moss", "label", 0)));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                given().get("/api/system").path("folders").equals("ready")
                    && given().get("/api/system").path("engine.state").equals("ready"));
    intake.run();
    model = newest("model-mask");
    ofClass = newest("class-mask");
    image =
        given()
            .multiPart("files", "board.png", TestPictures.noise(128, 128, 4711, "png"))
            .post("/api/images")
            .path("files[0].image.id");
  }

  private static String newest(String kind) {
    return given()
        .get("/api/masks?model=%s&kind=%s".formatted(LabFolder.MODEL, kind))
        .path("items[0].id");
  }

  private String board() {
    return "%s?columns=%s,%s&image=%s".formatted(compare, model, ofClass, image);
  }

  private static void isFilled(Page page) {
    assertThat(page.locator("[data-row=rest] img")).hasCount(2, countLater());
    assertThat(page.locator("[data-row=accuracy] dd")).hasCount(10, countLater());
  }

  @Test
  void every_row_is_there_in_every_theme_and_width() {
    try (Browser browser = new Browser()) {
      for (int width : new int[] {360, 1600}) {
        for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
          Page page = browser.open(board(), width, scheme);
          isFilled(page);
          assertThat(page.locator("thead th")).hasCount(2);
          assertThat(page.locator(".plane .plane-values:visible")).hasCount(6);
          assertThat(page.locator(".bands canvas")).hasCount(4);
          assertThat(page.locator("[data-row=statistics]")).containsText("90 % of L1 within");
          assertThat(page.locator("#mask-ticks")).containsText("0.500");
          assertThat(page.locator("#difference-ticks")).containsText("−1.00");
          assertThat(Browser.overflow(page)).isZero();
          assertThat(Browser.accessibilityFindings(page)).isEmpty();
          page.context().close();
        }
      }
      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void without_a_choice_the_masks_of_the_models_are_shown() {
    try (Browser browser = new Browser()) {
      Page page = browser.open(compare, 1200, ColorScheme.LIGHT);
      assertThat(page).hasURL(Pattern.compile("columns=" + model), urlLater());
      assertThat(page.locator("thead th")).containsText("plain");
      assertThat(page.locator("#sets option:checked")).hasText("tiny · Compact");
      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void a_frequency_is_read_in_every_column_and_kept_in_the_address() {
    try (Browser browser = new Browser()) {
      Page page = browser.open(board(), 1600, ColorScheme.LIGHT);
      isFilled(page);
      // 15 cycles to the right: within the model's mask, outside the class's
      Locator plane = page.locator("[data-row=mask] .plane").first();
      plane.focus();
      page.keyboard().press("ArrowRight");
      for (int i = 0; i < 15; i++) {
        page.keyboard().press("ArrowRight");
      }
      assertThat(page.locator("#cursor-text"))
          .hasText(
              "Row 0, column 15 (conjugate 0, 113) · radius 15.00 cycles per image · orientation"
                  + " 0.0° · period 8.53 px");
      assertThat(page.locator("#cursor-values li").first()).hasText("n 1.00 (0)");
      assertThat(page.locator("#cursor-values li").nth(1)).hasText("n 0 (−1.00)");
      assertThat(page.locator("#board.marked .mark:visible")).hasCount(12);
      assertThat(page).hasURL(Pattern.compile("[?&]at=15,0(&|$)"), urlLater());

      Page colleague = browser.open(page.url(), 1600, ColorScheme.DARK);
      assertThat(colleague.locator("#cursor-text")).containsText("column 15", containsLater());
    }
  }

  @Test
  void a_band_lights_up_in_the_masks() {
    try (Browser browser = new Browser()) {
      Page page = browser.open(board(), 1600, ColorScheme.LIGHT);
      isFilled(page);
      page.locator("[data-row=radial] .bands").first().focus();
      page.keyboard().press("ArrowRight");
      page.keyboard().press("ArrowRight");
      assertThat(page.locator("#cursor-text"))
          .containsText("Radial band 1: 1.41 to 2.83 cycles per image");
      assertThat(page.locator(".plane-light:visible")).hasCount(6);
      // a cell of the band stays clear, one beside it is darkened
      assertThat(alpha(page, 64 + 2, 64)).isZero();
      assertThat(alpha(page, 64 + 4, 64)).isPositive();
      page.locator("[data-row=angular] .bands").first().focus();
      page.keyboard().press("ArrowRight");
      assertThat(page.locator("#cursor-text")).containsText("Angular band");
      page.keyboard().press("Escape");
      assertThat(page.locator(".plane-light:visible")).hasCount(0);
    }
  }

  private static int alpha(Page page, int x, int y) {
    return (int)
        page.evaluate(
            "([x, y]) => document.querySelector('.plane-light').getContext('2d')"
                + ".getImageData(x, y, 1, 1).data[3]",
            List.of(x, y));
  }

  @Test
  void columns_move_and_go_and_come_back_by_keyboard() {
    try (Browser browser = new Browser()) {
      Page page = browser.open(board(), 1600, ColorScheme.LIGHT);
      isFilled(page);
      Locator heads = page.locator("thead th");
      heads.first().locator("[data-tool='Move right']").press("Enter");
      assertThat(heads.nth(1)).hasAttribute("data-column", model);
      page.keyboard().press("2");
      assertThat(heads.nth(1).locator("[aria-pressed=true]")).hasCount(1);
      heads.first().locator("[data-tool=Remove]").press("Enter");
      assertThat(heads).hasCount(1);
      page.keyboard().press("u");
      assertThat(heads).hasCount(2);
      page.keyboard().press("f");
      assertThat(page.locator("[data-row=difference] .plane")).hasCount(2);
      assertThat(page.locator("[data-row=difference] .plane").first()).isHidden();
      page.keyboard().press("?");
      assertThat(page.locator("#shortcuts")).containsText("Make that column the baseline");
      page.keyboard().press("Escape");
      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void zoom_moves_all_planes_together() {
    try (Browser browser = new Browser()) {
      Page page = browser.open(board(), 1600, ColorScheme.LIGHT);
      isFilled(page);
      page.keyboard().press("+");
      page.keyboard().press("+");
      assertThat(page.locator("#zoom-value")).hasText("225\u00a0%");
      Object transforms =
          page.evaluate(
              "() => [...new Set([...document.querySelectorAll('.lens')]"
                  + ".map((lens) => getComputedStyle(lens).transform))]");
      assertThat((List<?>) transforms).hasSize(1).first().asString().contains("2.25");
      assertThat(page).hasURL(Pattern.compile("zoom=2.25"), urlLater());
      page.keyboard().press("0");
      assertThat(page.locator("#zoom-value")).hasText("100\u00a0%");
    }
  }

  @Test
  void the_board_leaves_as_picture_drawing_table_and_archive() throws IOException {
    try (Browser browser = new Browser()) {
      Page page = browser.open(board(), 1600, ColorScheme.LIGHT);
      isFilled(page);
      String svg = Files.readString(export(page, "svg").path());
      assertThat(svg)
          .startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\"")
          .contains("Difference from the baseline", "data:image/png;base64,", "board.png")
          .doesNotContain("href=\"/", "href=\"blob:");
      byte[] png = Files.readAllBytes(export(page, "png").path());
      assertThat(png).startsWith(0x89, 'P', 'N', 'G');
      assertThat(png.length).isGreaterThan(50_000);
      assertThat(Files.readString(export(page, "csv").path()))
          .startsWith("mask,model,kind,direction,band,from,to,energy,difference");
      assertThat(Npz.decode(Files.readAllBytes(export(page, "npz").path()))).hasSize(2);
      String html = Files.readString(export(page, "html").path());
      assertThat(html).contains("<html", "data:image/png;base64,").doesNotContain("<script");
      assertThat(browser.errors()).isEmpty();
    }
  }

  private static Download export(Page page, String kind) {
    return page.waitForDownload(() -> page.locator("#exports").selectOption(kind));
  }

  @Test
  void a_mask_that_is_not_there_is_learned_in_its_place() {
    try (Browser browser = new Browser()) {
      String slot = "%s?columns=%s&image=%s".formatted(compare, LabFolder.MODEL, image);
      Page page = browser.open(slot, 1200, ColorScheme.LIGHT);
      Locator start = page.locator(".slot button");
      assertThat(start).hasText("Learn this mask", textLater());
      assertThat(Browser.accessibilityFindings(page)).isEmpty();
      start.press("Enter");
      assertThat(page.locator(".slot a")).containsText("Job", containsLater());
      // the finished mask takes the place by itself
      assertThat(page.locator("[data-row=statistics]"))
          .containsText("Stopped because", containsLater());
      assertThat(page.locator("[data-row=accuracy]")).containsText("Through the mask");
      assertThat(page.locator(".slot")).hasCount(0);
      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void masks_are_added_and_photographs_chosen_from_lists() {
    try (Browser browser = new Browser()) {
      Page page = browser.open("%s?columns=%s".formatted(compare, model), 1200, ColorScheme.LIGHT);
      assertThat(page.locator("thead th")).hasCount(1, countLater());
      page.keyboard().press("m");
      page.locator("#masks-kind").selectOption("class-mask");
      Locator choice =
          page.locator("#masks-list label")
              .filter(new Locator.FilterOptions().setHasText("One class"))
              .first();
      assertThat(choice).isVisible(visibleLater());
      assertThat(Browser.accessibilityFindings(page)).isEmpty();
      choice.locator("input").press("Space");
      page.keyboard().press("Escape");
      assertThat(page.locator("thead th")).hasCount(2, countLater());
      page.keyboard().press("p");
      Locator tile =
          page.locator("#photo-list button")
              .filter(new Locator.FilterOptions().setHasText("board.png"));
      assertThat(tile).isVisible(visibleLater());
      assertThat(Browser.accessibilityFindings(page)).isEmpty();
      tile.press("Enter");
      assertThat(page).hasURL(Pattern.compile("image=" + image), urlLater());
      assertThat(page.locator("#photo-name")).hasText("board.png");
    }
  }

  @Test
  void columns_that_are_gone_are_named() {
    try (Browser browser = new Browser()) {
      Page page =
          browser.open("%s?columns=%s,99999999".formatted(compare, model), 1200, ColorScheme.LIGHT);
      assertThat(page.locator("#board-missing"))
          .hasText("Not there any more: 99999999.", textLater());
      page.navigate(compare + "?columns=99999999");
      assertThat(page.locator("#board-state"))
          .containsText("None of these masks is there any more", containsLater());
    }
  }

  private static LocatorAssertions.HasCountOptions countLater() {
    return new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE);
  }

  private static LocatorAssertions.HasTextOptions textLater() {
    return new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE);
  }

  private static LocatorAssertions.ContainsTextOptions containsLater() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE);
  }

  private static LocatorAssertions.IsVisibleOptions visibleLater() {
    return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE);
  }

  private static com.microsoft.playwright.assertions.PageAssertions.HasURLOptions urlLater() {
    return new com.microsoft.playwright.assertions.PageAssertions.HasURLOptions()
        .setTimeout(PATIENCE);
  }
}
