package io.fouriermasks.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TerminalTest {

  private Instant now = Instant.EPOCH;

  @Test
  void without_a_terminal_a_line_comes_every_five_seconds_with_the_time_left() {
    StringWriter out = new StringWriter();
    try (Terminal terminal = Terminal.plain(new PrintWriter(out), "masks", 100, () -> now)) {
      terminal.update(1, 100, "early");
      now = now.plusSeconds(5);
      terminal.update(10, 100, "first");
      now = now.plusSeconds(4);
      terminal.update(20, 100, "too soon");
      now = now.plusSeconds(1);
      terminal.update(50, 100, "second");
    }
    assertThat(out.toString().lines())
        .containsExactly("masks 10 of 100, 45 s left, first", "masks 50 of 100, 10 s left, second");
  }

  @Test
  void the_time_left_goes_by_the_share_where_one_is_given() {
    StringWriter out = new StringWriter();
    try (Terminal terminal = Terminal.plain(new PrintWriter(out), "masks", 4, () -> now)) {
      now = now.plusSeconds(5);
      terminal.update(0, 4, 0, () -> "none");
      now = now.plusSeconds(5);
      terminal.update(1, 4, 0.5, () -> "one and four quarters");
    }
    assertThat(out.toString().lines())
        .containsExactly(
            "masks 0 of 4, some time left, none", "masks 1 of 4, 10 s left, one and four quarters");
  }

  @Test
  void units_that_do_not_tell_the_time_are_not_shown_in_lines() {
    StringWriter out = new StringWriter();
    try (Terminal terminal = Terminal.plain(new PrintWriter(out), "mask", 1, () -> now)) {
      now = now.plusSeconds(5);
      terminal.updateUntimed(1, 300, "step 90, still learning");
    }
    assertThat(out.toString().lines()).containsExactly("mask step 90, still learning");
  }
}
