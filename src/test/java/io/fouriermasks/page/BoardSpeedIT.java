package io.fouriermasks.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast the board of five masks is, by the browser's own clock. It prints; the figures are for
 * docs/benchmarks.md, and no time is asserted.
 */
class BoardSpeedIT {

  private static final int MOVES = 200;
  private static final int OPENINGS = 5;

  /** Milliseconds from the navigation to the last of the five pictures in the last row of them. */
  private static final String OPENED =
      """
      () => {
        const pictures = [...document.querySelectorAll('[data-row=rest] img')];
        const done = pictures.length === 5 && pictures.every((each) => each.naturalWidth > 0)
          && document.querySelectorAll('[data-row=difference] .plane-values:not([hidden])').length === 5;
        return done ? performance.now() : false;
      }
      """;

  /** What moves of the pointer cost the page's thread each: handlers, frame, style and layout. */
  private static final String MOVE =
      """
      async (moves) => {
        const frame = window.requestAnimationFrame.bind(window);
        const next = () => new Promise((resolve) => frame(resolve));
        let spent = 0;
        window.requestAnimationFrame = (callback) => frame((at) => {
          const start = performance.now();
          callback(at);
          document.getElementById('cursor-values').getBoundingClientRect();
          document.querySelector('.mark').getBoundingClientRect();
          spent += performance.now() - start;
        });
        const plane = document.querySelector('[data-row=mask] .plane');
        const box = plane.getBoundingClientRect();
        const times = [];
        for (let i = 0; i < moves; i++) {
          spent = 0;
          const angle = i * 0.37;
          const radius = 0.45 * (i % 50) / 50;
          const move = new PointerEvent('pointermove', {
            bubbles: true,
            clientX: box.left + box.width * (0.5 + radius * Math.cos(angle)),
            clientY: box.top + box.height * (0.5 + radius * Math.sin(angle)),
          });
          const start = performance.now();
          plane.dispatchEvent(move);
          spent += performance.now() - start;
          await next();
          await next();
          times.push(spent);
        }
        return times;
      }
      """;

  @TempDir Path data;

  @Test
  void opening_and_pointing_at_the_board_of_five_masks() throws IOException {
    try (KitServer server = KitServer.start(data);
        Browser browser = new Browser()) {
      String board = server.board("surfaces");
      // the first one also starts what the server has not needed before
      List<Double> openings =
          IntStream.range(0, OPENINGS).mapToObj(i -> open(browser, board)).toList();
      System.out.printf("board opened cold, ms: %s%n", rounded(openings));
      Page page = browser.open(board, 1600, ColorScheme.LIGHT);
      assertThat(page.locator("[data-row=rest] img"))
          .hasCount(5, new LocatorAssertions.HasCountOptions().setTimeout(60_000));
      List<Double> moves =
          ((List<?>) page.evaluate(MOVE, MOVES))
              .stream().map(time -> ((Number) time).doubleValue()).sorted().toList();
      assertThat(moves).hasSize(MOVES);
      assertThat(page.locator("#cursor-text")).containsText("cycles per image");
      System.out.printf(
          "a move of the pointer, ms: median %.2f, 95th percentile %.2f, most %.2f%n",
          moves.get(MOVES / 2), moves.get(MOVES * 95 / 100), moves.get(MOVES - 1));
    }
  }

  /** In a session of its own, so that nothing is in the browser's cache. */
  private static double open(Browser browser, String board) {
    Page page = browser.open(board, 1600, ColorScheme.LIGHT);
    Object at =
        page.waitForFunction(OPENED, null, new Page.WaitForFunctionOptions().setTimeout(60_000))
            .jsonValue();
    page.context().close();
    return ((Number) at).doubleValue();
  }

  private static List<Long> rounded(List<Double> times) {
    return times.stream().map(Math::round).toList();
  }
}
