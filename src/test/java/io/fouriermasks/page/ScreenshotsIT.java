package io.fouriermasks.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The built program with the starter kit, as it looks: pictures for the documents, in {@code
 * target/screenshots}, or where {@code -Dscreenshots=FOLDER} says.
 */
class ScreenshotsIT {

  private static final Path FOLDER = Path.of(System.getProperty("screenshots"));
  private static final int WIDTH = 1440;
  private static final double PATIENCE = 120_000;

  @TempDir Path data;

  @Test
  void the_starter_kit_in_the_dashboard() throws IOException {
    try (KitServer server = KitServer.start(data);
        Browser browser = new Browser()) {
      for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
        Page board = browser.open(server.board("surfaces"), WIDTH, scheme);
        isFilled(board);
        board
            .locator("[data-row=mask] .plane")
            .nth(1)
            .hover(new Locator.HoverOptions().setPosition(170, 100));
        assertThat(board.locator("#cursor-text")).containsText("cycles per image");
        picture(board, scheme == ColorScheme.DARK ? "compare-dark" : "compare-light", 1220);
        board.context().close();
      }
      Page photograph = browser.open(server.photograph("surfaces"), WIDTH, ColorScheme.LIGHT);
      isFilled(photograph);
      assertThat(photograph.locator(".slot button")).hasText("Learn this mask");
      picture(photograph, "photograph-light", 1220);

      Page overview = browser.open(server.at("/"), WIDTH, ColorScheme.LIGHT);
      assertThat(overview.locator("#models tbody tr")).hasCount(2, countLater());
      overview.waitForFunction(
          "() => [...document.querySelectorAll('#models img')].every((img) => img.naturalWidth)");
      picture(overview, "overview-light", 1000);
      assertThat(browser.errors()).isEmpty();
    }
  }

  private static void isFilled(Page page) {
    assertThat(page.locator("[data-row=rest] img")).hasCount(5, countLater());
    assertThat(page.locator("[data-row=difference] .plane-values:visible"))
        .hasCount(5, countLater());
  }

  /** The top of a page, so that what is fixed to the window stays at its edge. */
  private static void picture(Page page, String name, int height) throws IOException {
    page.setViewportSize(WIDTH, height);
    Files.createDirectories(FOLDER);
    byte[] png =
        page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(name + ".png")));
    assertThat(png.length).as("a page with pictures in it").isGreaterThan(60_000);
  }

  private static LocatorAssertions.HasCountOptions countLater() {
    return new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE);
  }
}
