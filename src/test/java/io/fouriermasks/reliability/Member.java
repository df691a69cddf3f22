package io.fouriermasks.reliability;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process of a lab: the built program, started by its launcher. */
final class Member implements AutoCloseable {

  private final Process process;
  private final String name;

  /**
   * @param name of the file below {@code folder} that gets what it prints
   * @param prefix what runs the launcher, such as a command that changes the clock; may be empty
   */
  Member(
      Path folder,
      String name,
      List<String> prefix,
      Map<String, String> environment,
      List<String> arguments)
      throws IOException {
    this.name = name;
    List<String> command = new ArrayList<>(prefix);
    command.add(System.getProperty("lab.launcher"));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".txt").toFile()));
    builder.environment().putAll(environment);
    process = builder.start();
  }

  String name() {
    return name;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it as a power cut would. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Asks it to end, and waits until it has. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
