package io.fouriermasks.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.fouriermasks.api.LabFolder;
import io.fouriermasks.api.TestPictures;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A stranger's first visit, in a real browser, with a real network. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
class DashboardTest {

  private static final double PATIENCE = 120_000;

  @TestHTTPResource("/")
  String root;

  @Test
  void a_photograph_is_uploaded_its_mask_is_trained_and_grows_without_a_reload() {
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "images", 1600, ColorScheme.LIGHT);
      upload(page);
      assertThat(page.locator("#refused-list")).containsText("letter.png");
      Locator card = page.locator("#gallery li").first();
      assertThat(card).isVisible(visibleLater());
      assertThat(card).containsText("%", containsLater()); // a prediction with its probability

      page.locator("#gallery input[type=checkbox]").first().check();
      page.locator("#advanced > summary").click();
      page.locator("#max-steps").fill("700");
      page.locator("#start-button").click();
      page.waitForURL("**/jobs/*", new Page.WaitForURLOptions().setTimeout(PATIENCE));
      page.evaluate("window.neverReloaded = true");

      watchItGrow(page);
      assertThat(page.locator("#state-badge")).containsText("Succeeded", containsLater());
      assertThat(page.locator("#result-table a[href$='.npz']")).hasCount(1);
      assertThat(page.evaluate("window.neverReloaded")).isEqualTo(true);
      String finalMask = mask(page);

      page.reload();
      assertThat(page.locator("#state-badge")).containsText("Succeeded", containsLater());
      assertThat(page.locator("#result-table a[href$='.npz']")).hasCount(1);
      page.waitForFunction(
          "mask => document.querySelector('#mask-canvas').toDataURL() === mask",
          finalMask,
          new Page.WaitForFunctionOptions().setTimeout(PATIENCE));
      everyPageIsSound(browser, page.url());
      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void an_unknown_page_says_so_and_leads_back() {
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "no-such-page", 800, ColorScheme.LIGHT);
      assertThat(page.locator("h1")).isVisible();
      assertThat(page.locator("main a[href='/']").first()).isVisible();
      assertThat(Browser.accessibilityFindings(page)).isEmpty();
    }
  }

  private static void upload(Page page) {
    page.locator("#upload-input")
        .setInputFiles(
            new FilePayload[] {
              new FilePayload(
                  "photograph.png", "image/png", TestPictures.reference("colour_64x48.png")),
              new FilePayload("letter.png", "image/png", "<html>".getBytes(StandardCharsets.UTF_8)),
            });
    assertThat(page.locator("#refused-list li")).hasCount(1, countLater());
  }

  /** The sparsity falls and the picture of the mask changes while we look. */
  private static void watchItGrow(Page page) {
    page.waitForFunction(
        "() => /[0-9]/.test(document.querySelector('#value-sparsity').textContent)",
        null,
        new Page.WaitForFunctionOptions().setTimeout(PATIENCE));
    String sparsity = page.locator("#value-sparsity").textContent();
    String mask = mask(page);
    page.waitForFunction(
        "before => document.querySelector('#value-sparsity').textContent !== before[0]"
            + " && document.querySelector('#mask-canvas').toDataURL() !== before[1]",
        List.of(sparsity, mask),
        new Page.WaitForFunctionOptions().setTimeout(PATIENCE));
  }

  private void everyPageIsSound(Browser browser, String job) {
    for (String url : List.of(root, root + "images", job)) {
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        for (int width : new int[] {360, 1600}) {
          Page page = browser.open(url, width, scheme);
          assertThat(page.locator("h1")).isVisible();
          // the first picture is there, so the page is full
          page.waitForFunction(
              "() => [...document.images].some(image => image.complete && image.naturalWidth)",
              null,
              new Page.WaitForFunctionOptions().setTimeout(PATIENCE));
          assertThat(Browser.overflow(page)).as("overflow of %s at %d", url, width).isZero();
          assertThat(Browser.accessibilityFindings(page)).as("%s %s", url, scheme).isEmpty();
          page.context().close();
        }
      }
    }
  }

  private static String mask(Page page) {
    return (String) page.evaluate("document.querySelector('#mask-canvas').toDataURL()");
  }

  private static LocatorAssertions.IsVisibleOptions visibleLater() {
    return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE);
  }

  private static LocatorAssertions.ContainsTextOptions containsLater() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE);
  }

  private static LocatorAssertions.HasCountOptions countLater() {
    return new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE);
  }
}
