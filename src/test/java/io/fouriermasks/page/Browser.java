package io.fouriermasks.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A real Chromium, with what every page must hold: no console error, accessible, no overflow. */
final class Browser implements AutoCloseable {

  /** Loading libtorch on a busy machine takes its time. */
  static final double PATIENCE_MILLIS = 120_000;

  private final Playwright playwright = Playwright.create();
  private final com.microsoft.playwright.Browser chromium =
      playwright
          .chromium()
          .launch(
              new BrowserType.LaunchOptions()
                  .setExecutablePath(executable())
                  .setArgs(
                      List.of(
                          "--no-sandbox",
                          "--disable-gpu",
                          "--disable-quic",
                          "--no-first-run",
                          "--disable-background-networking",
                          "--disable-component-update",
                          "--disable-sync")));
  private final List<String> errors = new ArrayList<>();

  /** A page of its own session, with the given width in pixels. */
  Page open(String url, int width, ColorScheme scheme) {
    BrowserContext context =
        chromium.newContext(
            new NewContextOptions().setViewportSize(width, 900).setColorScheme(scheme));
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            errors.add(message.text() + " at " + message.location());
          }
        });
    page.onPageError(errors::add);
    page.navigate(url);
    return page;
  }

  /** What the consoles of all pages complained of. */
  List<String> errors() {
    return errors;
  }

  /**
   * Serious and critical findings of axe-core, one line each. Asked for nothing else, and without a
   * second page for its result, which only foreign frames need, it takes a third of the time.
   */
  static List<String> accessibilityFindings(Page page) {
    AxeRunOptions violationsOnly = new AxeRunOptions();
    violationsOnly.setResultTypes(List.of("violations"));
    return new AxeBuilder(page)
        .setLegacyMode(true).options(violationsOnly).analyze().getViolations().stream()
            .filter(
                rule -> rule.getImpact().equals("serious") || rule.getImpact().equals("critical"))
            .map(rule -> rule.getId() + ": " + rule.getNodes().get(0).getHtml())
            .toList();
  }

  /**
   * Holds that a page has no serious finding and is no wider than the window, on a phone and on a
   * large screen, light and dark.
   *
   * @param isFull JavaScript that is true when the page has everything that it is to be held for
   */
  void requireSound(String url, String isFull) {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (int width : new int[] {360, 1600}) {
        Page page = open(url, width, scheme);
        page.waitForFunction(
            isFull, null, new Page.WaitForFunctionOptions().setTimeout(PATIENCE_MILLIS));
        assertThat(overflow(page)).as("overflow of %s at %d", url, width).isZero();
        assertThat(accessibilityFindings(page)).as("%s %s %d", url, scheme, width).isEmpty();
        page.context().close();
      }
    }
  }

  /** By how many pixels the page is wider than the window. */
  static int overflow(Page page) {
    return (int)
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
  }

  private static Path executable() {
    return Stream.of(
            System.getenv("CHROMIUM"),
            "/usr/bin/chromium-headless-shell",
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome")
        .filter(Objects::nonNull)
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("Chromium is needed: run ./fourier-masks test"));
  }

  @Override
  public void close() {
    playwright.close();
  }
}
