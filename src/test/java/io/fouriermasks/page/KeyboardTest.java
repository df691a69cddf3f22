package io.fouriermasks.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.fouriermasks.api.LabFolder;
import io.fouriermasks.api.OwnLab;
import io.fouriermasks.api.TestPictures;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The way of a photograph through the lab by somebody who has no mouse. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(OwnLab.class)
class KeyboardTest {

  private static final double PATIENCE = 120_000;

  /** More than any of the pages has. */
  private static final int MOST_STOPS = 150;

  @TestHTTPResource("/images")
  String images;

  @Test
  void upload_start_watch_compare_and_export_by_keyboard_alone() throws IOException {
    try (Browser browser = new Browser()) {
      Page page = browser.open(images, 1400, ColorScheme.LIGHT);
      // long before the dialog is asked for: a browser that is told late opens its own
      page.onFileChooser(
          chooser ->
              chooser.setFiles(
                  new FilePayload(
                      "typed.png", "image/png", TestPictures.noise(128, 128, 512, "png"))));
      // before it is told so, the page may not have heard of its buttons yet
      assertThat(page.locator("#gallery")).hasAttribute("aria-busy", "false", attributeLater());
      tabTo(page, "upload-button");
      page.locator("#upload-button").press("Enter");
      Locator choice =
          page.locator("#gallery > li")
              .filter(new Locator.FilterOptions().setHasText("typed.png"))
              .locator("input[type=checkbox]");
      // what was just uploaded is chosen already
      assertThat(choice).isChecked(checkedLater());
      assertThat(page.locator("#selected-count")).hasText("1 photograph selected");
      tabTo(page, "start-button");
      page.keyboard().press("Enter");

      page.waitForURL("**/jobs/*", new Page.WaitForURLOptions().setTimeout(PATIENCE));
      assertThat(page.locator("#state-badge")).containsText("Succeeded", containsLater());
      Locator compare = page.locator("#result-table a[href^='/compare']");
      assertThat(compare).hasCount(1, countLater());
      tabTo(page, compare);
      page.keyboard().press("Enter");

      page.waitForURL("**/compare?**", new Page.WaitForURLOptions().setTimeout(PATIENCE));
      assertThat(page.locator("[data-row=rest] img")).hasCount(1, countLater());
      assertThat(page.locator("#photo-name")).hasText("typed.png");
      tabTo(page, page.locator("[data-row=mask] .plane").first());
      page.keyboard().press("ArrowRight");
      assertThat(page.locator("#cursor-text")).containsText("zero frequency");
      page.keyboard().press("x");
      Download board = page.waitForDownload(() -> page.keyboard().press("ArrowDown"));
      assertThat(Files.readAllBytes(board.path())).startsWith(0x89, 'P', 'N', 'G');
      assertThat(browser.errors()).isEmpty();
    }
  }

  private static void tabTo(Page page, String id) {
    tabTo(page, page.locator("#" + id));
  }

  /** Presses Tab until the element has the focus. */
  private static void tabTo(Page page, Locator element) {
    for (int stop = 0; stop < MOST_STOPS; stop++) {
      if ((boolean) element.evaluate("element => element === document.activeElement")) {
        return;
      }
      page.keyboard().press("Tab");
    }
    throw new AssertionError("the keyboard does not reach " + element);
  }

  private static LocatorAssertions.HasCountOptions countLater() {
    return new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE);
  }

  private static LocatorAssertions.HasAttributeOptions attributeLater() {
    return new LocatorAssertions.HasAttributeOptions().setTimeout(PATIENCE);
  }

  private static LocatorAssertions.IsCheckedOptions checkedLater() {
    return new LocatorAssertions.IsCheckedOptions().setTimeout(PATIENCE);
  }

  private static LocatorAssertions.ContainsTextOptions containsLater() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE);
  }
}
