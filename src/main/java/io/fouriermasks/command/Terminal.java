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
    update(done, total, (double) done / total, note);
  }

  /**
   * The same where more is known than how many units are done.
   *
   * @param share of the whole work that is done, 0 to 1: the bar and the time left go by it
   */
  void update(long done, long total, double share, Supplier<String> note) {
    long now = clock.millis();
    show(
        Math.round(share * total),
        total,
        note,
        () -> "%d of %d, %s left, %s".formatted(done, total, left(now, share), note.get()));
  }

  /** The same where the units do not tell the time: of it the note may say what is known. */
  void updateUntimed(long done, long total, String note) {
    show(done, total, () -> note, () -> note);
  }

  private void show(long done, long total, Supplier<String> note, Supplier<String> line) {
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
      out.printf("%s %s%n", task, line.get());
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

  private String left(long now, double share) {
    // of nothing at all the share is not a number
    if (!(share > 0)) {
      return "some time";
    }
    long seconds = Math.round((now - startMillis) * (1 - share) / share / 1000);
    return seconds < 120 ? seconds + " s" : "%d min".formatted(seconds / 60);
  }
}
