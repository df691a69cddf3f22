package io.fouriermasks.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Commands of the machine, as somebody types them in the checkout. */
final class Script {

  private Script() {}

  /** The checkout's own folder, in which tests run. */
  static Path checkout() {
    return Path.of("").toAbsolutePath();
  }

  /** Whether this machine has a command. */
  static boolean has(String command) throws IOException, InterruptedException {
    return run(Map.of(), "bash", "-c", "command -v " + command).code() == 0;
  }

  /** What a command printed, on both of its outputs, and how it ended. */
  record Result(int code, String text) {}

  /** Runs a command to its end, with these variables beside those of the test. */
  static Result run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(checkout().toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), text.strip());
  }

  /** The same of a command that must succeed. */
  static String output(String... command) throws IOException, InterruptedException {
    Result result = run(Map.of(), command);
    assertThat(result.code()).as("%s: %s", List.of(command), result.text()).isZero();
    return result.text();
  }
}
