package io.fouriermasks.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/**
 * What a training that may take hours needs from its command: somebody who may end it, how often it
 * is kept, and where it says how it goes.
 *
 * @param interruption ends it in order
 * @param betweenCheckpoints least time from one checkpoint to the next
 * @param out for results and progress
 * @param err for complaints
 */
record LongRun(
    Interruption interruption, Duration betweenCheckpoints, PrintWriter out, PrintWriter err) {

  /** The option that all such commands have. */
  static final class Options {

    @Option(
        names = {"--checkpoint_seconds", "--checkpoint-seconds"},
        defaultValue = "30",
        paramLabel = "N",
        description =
            "least time between two checkpoints; what was done since the last one is lost if the"
                + " program is killed (default: ${DEFAULT-VALUE})")
    private int seconds;

    LongRun of(Interruption interruption, CommandSpec spec) {
      if (seconds < 0) {
        throw new UsageException("--checkpoint_seconds must not be negative");
      }
      return new LongRun(
          interruption,
          Duration.ofSeconds(seconds),
          spec.commandLine().getOut(),
          spec.commandLine().getErr());
    }
  }

  CheckpointFile checkpoint(Path file) {
    return new CheckpointFile(file, interruption, betweenCheckpoints, err);
  }

  /** Prints a line at once, whatever stands between this program and the reader. */
  void say(String format, Object... values) {
    out.printf(format + "%n", values);
    out.flush();
  }
}
