package io.fouriermasks.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows progress: a bar with the time left on a terminal, a plain line now and then elsewhere. */
final class Terminal implements AutoCloseable {

  private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
  private static final Duration BETWEEN_NOTES = Duration.ofMillis(200);

  private final PrintWriter out;
  private final String task;
  private final InstantSource clock;
  private final long startMillis;
  private final ProgressBar bar;
  private long nextLineMillis;
  private long nextNoteMillis;

  private Terminal(
      PrintWriter out, String task, long total, boolean interactive, InstantSource clock) {
    this.out = out;
    this.task = task;
    this.clock = clock;
    this.startMillis = clock.millis();
    this.nextLineMillis = startMillis + BETWEEN_LINES.toMillis();
    this.bar =
        interactive
            ? new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .build()
            : null;
  }

  /**
   * A display for a task of {@code total} units; close it when the task ends. The launcher knows
   * whether there is a terminal.
   */
  static Terminal of(PrintWriter out, String task, long total) {
    return new Terminal(
        out, task, total, Boolean.getBoolean("lab.terminal"), InstantSource.system());
  }

  /** For tests: plain lines by a given clock. */
  static Terminal plain(PrintWriter out, String task, long total, InstantSource clock) {
    return new Terminal(out, task, total, false, clock);
  }

  /** {@code done} of {@code total} units are done; the note says where things stand. */
  void update(long done, long total, String note) {
    update(done, total, () -> note);
  }

  /** The same with a note that is made only when it is shown: for units of milliseconds. */
  void update(long done, long total, Supplier<String> note) {
    long now = clock.millis();
    if (bar != null) {
      bar.maxHint(total);
      bar.stepTo(done);
      if (now >= nextNoteMillis) {
        nextNoteMillis = now + BETWEEN_NOTES.toMillis();
        bar.setExtraMessage(" " + note.get());
      }
      return;
    }
    if (now >= nextLineMillis) {
      nextLineMillis = now + BETWEEN_LINES.toMillis();
      out.printf(
          "%s %d of %d, %s left, %s%n", task, done, total, left(now, done, total), note.get());
      out.flush();
    }
  }

  /** Says something now, in a line of its own where there is no bar. */
  void say(String text) {
    if (bar != null) {
      bar.setExtraMessage(" " + text);
      return;
    }
    out.printf("%s %s%n", task, text);
    out.flush();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }

  private String left(long now, long done, long total) {
    if (done == 0) {
      return "some time";
    }
    long seconds = (now - startMillis) * (total - done) / done / 1000;
    return seconds < 120 ? seconds + " s" : "%d min".formatted(seconds / 60);
  }
}
