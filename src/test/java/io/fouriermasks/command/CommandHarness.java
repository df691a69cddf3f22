package io.fouriermasks.command;

import io.fouriermasks.api.TestPictures;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Runs a command as the whole program does, but for the signals, and keeps what it prints. */
final class CommandHarness {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  int run(Object command, String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine program = FourierMasksCommand.commandLine();
    return new CommandLine(command)
        .setExecutionExceptionHandler(program.getExecutionExceptionHandler())
        .setParameterExceptionHandler(program.getParameterExceptionHandler())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  /** What the last command printed. */
  String out() {
    return out.toString();
  }

  /** What the last command complained about. */
  String err() {
    return err.toString();
  }

  /** Two classes with {@code count} pictures each. */
  static Path pictures(Path folder, int count) throws IOException {
    for (int k = 0; k < count; k++) {
      write(folder.resolve("day/d" + k + ".png"), TestPictures.noise(140, 128, k, "png"));
      write(folder.resolve("night/n" + k + ".png"), TestPictures.reference("gray_171x128.png"));
    }
    return folder;
  }

  private static void write(Path file, byte[] picture) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, picture);
  }

  /** The files below a folder, relative to it, in order. */
  static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
