package io.fouriermasks.command;

import io.fouriermasks.store.DatabaseAddress;
import io.fouriermasks.store.LabConfig;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a process of the lab finds its data; hands the settings to Quarkus. */
final class LabOptions {

  /** Environment variable with the address of a PostgreSQL. */
  static final String DATABASE_URL = "FOURIER_MASKS_DATABASE_URL";

  private static final Duration DATABASE_STARTS_WITHIN = Duration.ofSeconds(60);

  @Option(
      names = "--data-dir",
      defaultValue = "data",
      paramLabel = "DIR",
      description = "database and results (default: ${DEFAULT-VALUE})")
  private Path dataDir;

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
    Path data = dataDir.toAbsolutePath().normalize();
    if (Files.exists(data) && !Files.isDirectory(data)) {
      throw new UsageException("--data-dir: %s is no folder".formatted(data));
    }
    for (Path root : dataRoots) {
      if (!Files.isDirectory(root)) {
        throw new UsageException("--data-root: there is no folder %s".formatted(root));
      }
    }
    Optional<DatabaseAddress> database = database();
    if (database.isPresent()) {
      requireAnswer(database.get());
    } else if (role == LabConfig.Role.BOTH) {
      requireUnlocked(data.resolve("lab.mv.db"));
    } else {
      throw new UsageException(
          "several processes need a PostgreSQL in common: set %s to its address, such as"
                  .formatted(DATABASE_URL)
              + " postgresql://USER:PASSWORD@HOST:5432/lab");
    }
    System.setProperty("fourier-masks.role", role.name().toLowerCase(Locale.ROOT));
    System.setProperty("fourier-masks.data-dir", data.toString());
    System.setProperty("fourier-masks.device", device.text());
    if (!dataRoots.isEmpty()) {
      System.setProperty("fourier-masks.data-roots", list(dataRoots));
    }
    samples().ifPresent(path -> System.setProperty("fourier-masks.samples-dir", path.toString()));
  }

  private static Optional<DatabaseAddress> database() {
    try {
      return Optional.ofNullable(System.getenv(DATABASE_URL))
          .filter(url -> !url.isBlank())
          .map(DatabaseAddress::parse);
    } catch (IllegalArgumentException e) {
      throw new UsageException(DATABASE_URL + ": " + e.getMessage(), e);
    }
  }

  /** Waits for a database that is just being started, as beside it in a group of containers. */
  private static void requireAnswer(DatabaseAddress address) throws InterruptedException {
    Properties login = new Properties();
    address
        .user()
        .or(() -> Optional.ofNullable(System.getenv("FOURIER_MASKS_DATABASE_USER")))
        .ifPresent(user -> login.setProperty("user", user));
    address
        .password()
        .or(() -> Optional.ofNullable(System.getenv("FOURIER_MASKS_DATABASE_PASSWORD")))
        .ifPresent(password -> login.setProperty("password", password));
    login.setProperty("connectTimeout", "5");
    long giveUpAt = System.nanoTime() + DATABASE_STARTS_WITHIN.toNanos();
    boolean isWaiting = false;
    while (true) {
      try (Connection connection = DriverManager.getConnection(address.jdbc(), login)) {
        return;
      } catch (SQLException e) {
        boolean isThere = e.getSQLState() != null && !e.getSQLState().startsWith("08");
        if (isThere && !e.getSQLState().equals("57P03") || System.nanoTime() - giveUpAt > 0) {
          throw new UsageException(
              "%s: the database %s cannot be used: %s"
                  .formatted(DATABASE_URL, address, e.getMessage()),
              e);
        }
        if (!isWaiting) {
          System.err.printf("waiting for the database %s ...%n", address);
          isWaiting = true;
        }
        Thread.sleep(1000);
      }
    }
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

  private void requireUnlocked(Path database) throws IOException {
    if (!Files.exists(database)) {
      return;
    }
    try (FileChannel file = FileChannel.open(database, StandardOpenOption.WRITE);
        FileLock lock = file.tryLock()) {
      if (lock == null) {
        throw inUse();
      }
    } catch (OverlappingFileLockException e) {
      throw inUse();
    }
  }

  private UsageException inUse() {
    return new UsageException(
        "another fourier-masks is using %s; stop it, or choose another folder with --data-dir"
            .formatted(dataDir));
  }
}
