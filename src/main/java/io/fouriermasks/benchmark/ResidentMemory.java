package io.fouriermasks.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The most memory that this process has held since it was last asked, on Linux. */
final class ResidentMemory {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path RESET = Path.of("/proc/self/clear_refs");

  /** Of the kernel's switches the one that forgets the peak. */
  private static final String FORGET_PEAK = "5";

  private ResidentMemory() {}

  /** From now on. */
  static void forgetPeak() {
    try {
      if (Files.isWritable(RESET)) {
        Files.writeString(RESET, FORGET_PEAK);
      }
    } catch (IOException e) {
      // then the peak is that of the whole process
    }
  }

  /** In bytes; nothing on other systems. */
  static OptionalLong peak() {
    try {
      return Files.isReadable(STATUS)
          ? Files.readAllLines(STATUS).stream()
              .filter(line -> line.startsWith("VmHWM:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
              .findFirst()
          : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
