package io.fouriermasks.command;

import io.fouriermasks.store.DatabaseAddress;
import io.fouriermasks.store.LabConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a process of the lab finds its data; hands the settings to Quarkus. */
final class LabOptions {

  @Mixin private LabStorage storage;

  @Option(
      names = {"--data-root", "--data_root"},
      paramLabel = "DIR",
      description =
          "folder whose image folders jobs may use, such as DIR/NAME/train/CLASS/*.jpg; can be given"
              + " several times")
  private List<Path> dataRoots = List.of();

  @Mixin private DeviceOption device;

  /**
   * Checks what Quarkus would only complain about in a page of log, and configures it.
   *
   * @param role what the process does
   */
  void apply(LabConfig.Role role) throws IOException, InterruptedException {
    for (Path root : dataRoots) {
      if (!Files.isDirectory(root)) {
        throw new UsageException("--data-root: there is no folder %s".formatted(root));
      }
    }
    if (role != LabConfig.Role.BOTH && LabStorage.postgres(LabEnvironment.variables()).isEmpty()) {
      throw new UsageException(
          "several processes need a PostgreSQL in common: set %s to its address, such as"
                  .formatted(DatabaseAddress.URL)
              + " postgresql://USER:PASSWORD@HOST:5432/lab");
    }
    LabProvider.url(LabEnvironment.variables()); // Quarkus would end in a page of log
    storage.requireUsable();
    System.setProperty("fourier-masks.role", role.name().toLowerCase(Locale.ROOT));
    System.setProperty("fourier-masks.data-dir", storage.folder().toString());
    System.setProperty("fourier-masks.device", device.text());
    if (!dataRoots.isEmpty()) {
      System.setProperty("fourier-masks.data-roots", list(dataRoots));
    }
    samples().ifPresent(path -> System.setProperty("fourier-masks.samples-dir", path.toString()));
  }

  /** As the configuration writes a list: a comma in a name is escaped. */
  private static String list(List<Path> paths) {
    return paths.stream()
        .map(path -> path.toAbsolutePath().normalize().toString())
        .map(path -> path.replace("\\", "\\\\").replace(",", "\\,"))
        .collect(Collectors.joining(","));
  }

  /** The starter kit beside the program, if it is there. */
  static Optional<Path> samples() {
    return Optional.ofNullable(System.getProperty("fourier-masks.home"))
        .map(home -> Path.of(home).resolve("samples"))
        .filter(Files::isDirectory);
  }
}
