package io.fouriermasks.api;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The machine that the program runs on, as the operating system describes it. What it does not tell
 * is null; most of it is told by Linux only.
 */
@Singleton
class Machine {

  private static final Path CPU = Path.of("/proc/cpuinfo");
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final Path OWN = Path.of("/proc/self/status");
  private static final Pattern MODEL = Pattern.compile("(?m)^model name\\s*:\\s*(.+)$");
  private static final Pattern CORE =
      Pattern.compile("(?m)^physical id\\s*:\\s*(\\d+)(?:\\n.+)*?\\ncore id\\s*:\\s*(\\d+)$");

  private final String model;
  private final Integer cores;

  Machine() {
    String description = String.join("\n", lines(CPU));
    Matcher name = MODEL.matcher(description);
    this.model = name.find() ? name.group(1).strip() : null;
    long different =
        CORE.matcher(description)
            .results()
            .map(core -> core.group(1) + "/" + core.group(2))
            .distinct()
            .count();
    this.cores = different > 0 ? (int) different : null;
  }

  /**
   * The processor.
   *
   * @param load runnable threads on the whole machine, mean of the last minute
   */
  @Schema(name = "Processor", description = "The processor; null where unknown.")
  public record Processor(
      String model,
      @Schema(description = "Physical cores.") Integer cores,
      @Schema(description = "Logical processors that the program may use.") int processors,
      @Schema(description = "Mean of the runnable threads of the last minute, whole machine.")
          Double load,
      @Schema(description = "Share of the processors that this program used lately, 0 to 1.")
          Double used,
      String system) {}

  /** Bytes; what the operating system does not tell is null. */
  @Schema(name = "Memory", description = "Bytes; null where the operating system does not tell.")
  public record Memory(
      long heapUsed,
      long heapMax,
      @Schema(description = "Of this program, heap and libtorch together.") Long resident,
      @Schema(description = "Of the machine.") Long machineTotal,
      @Schema(description = "Of the machine, what programs could still get.")
          Long machineAvailable) {}

  /** Bytes of the file system that holds a folder. */
  @Schema(name = "Disk", description = "Bytes of the file system that holds the data folder.")
  public record Disk(long total, long available) {}

  Processor processor() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    Double used = null;
    if (system instanceof com.sun.management.OperatingSystemMXBean detailed) {
      used = known(detailed.getProcessCpuLoad());
    }
    return new Processor(
        model,
        cores,
        system.getAvailableProcessors(),
        known(system.getSystemLoadAverage()),
        used,
        "%s %s, %s".formatted(system.getName(), system.getVersion(), system.getArch()));
  }

  Memory memory() {
    Runtime runtime = Runtime.getRuntime();
    List<String> machine = lines(MEMORY);
    return new Memory(
        runtime.totalMemory() - runtime.freeMemory(),
        runtime.maxMemory(),
        bytes(lines(OWN), "VmRSS:"),
        bytes(machine, "MemTotal:"),
        bytes(machine, "MemAvailable:"));
  }

  /** The disk below a folder, or null if it cannot be asked. */
  Disk disk(Path folder) {
    try {
      FileStore store = Files.getFileStore(folder);
      return new Disk(store.getTotalSpace(), store.getUsableSpace());
    } catch (IOException e) {
      return null;
    }
  }

  private static Double known(double value) {
    return value >= 0 ? value : null;
  }

  private static Long bytes(List<String> lines, String name) {
    OptionalLong kibibytes =
        lines.stream()
            .filter(line -> line.startsWith(name))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst();
    return kibibytes.isPresent() ? kibibytes.getAsLong() * 1024 : null;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }
}
