package io.fouriermasks.command;

import io.fouriermasks.backup.LabDatabase;
import io.fouriermasks.store.Bucket;
import io.fouriermasks.store.DatabaseAddress;
import io.fouriermasks.store.LabConfig;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
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
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a lab is kept: its data folder, and its PostgreSQL if it has one. */
final class LabStorage {

  private static final String OBJECTS = "FOURIER_MASKS_OBJECTS_URL";

  private static final Duration DATABASE_STARTS_WITHIN = Duration.ofSeconds(60);

  @Option(
      names = "--data-dir",
      defaultValue = "data",
      paramLabel = "DIR",
      description = "database and results (default: ${DEFAULT-VALUE})")
  private Path dataDir;

  /** The data folder, absolute. */
  Path folder() {
    return dataDir.toAbsolutePath().normalize();
  }

  /** The address of the PostgreSQL that the environment names, if it does. */
  static Optional<DatabaseAddress> postgres(Map<String, String> environment) {
    try {
      return DatabaseAddress.of(environment);
    } catch (IllegalArgumentException e) {
      throw new UsageException(DatabaseAddress.URL + ": " + e.getMessage(), e);
    }
  }

  /**
   * The object storage that the environment names, if it does; nothing is asked of it yet.
   *
   * @throws UsageException if the settings are wrong
   */
  static Optional<Bucket> bucket(Map<String, String> environment) {
    if (environment.getOrDefault(OBJECTS, "").isBlank()) {
      return Optional.empty(); // nothing of its library is loaded
    }
    try {
      return Bucket.of(
          new SmallRyeConfigBuilder()
              .addDiscoveredConverters()
              .withSources(new EnvConfigSource(environment, 300))
              .withMapping(LabConfig.Objects.class, "fourier-masks.objects")
              .build()
              .getConfigMapping(LabConfig.Objects.class, "fourier-masks.objects"));
    } catch (IllegalArgumentException | ConfigValidationException e) {
      throw new UsageException("%s: %s".formatted(OBJECTS, e.getMessage()), e);
    }
  }

  /**
   * Checks that the lab can be used by this process: a PostgreSQL answers, an H2 file is used by no
   * other.
   */
  void requireUsable() throws IOException, InterruptedException {
    Path data = folder();
    if (Files.exists(data) && !Files.isDirectory(data)) {
      throw new UsageException("--data-dir: %s is no folder".formatted(data));
    }
    Optional<DatabaseAddress> postgres = postgres(LabEnvironment.variables());
    if (postgres.isPresent()) {
      requireAnswer(postgres.get());
    } else {
      requireUnlocked(data.resolve("lab.mv.db"));
    }
  }

  /** The database, for those who use it without the server. */
  LabDatabase database() {
    return postgres(LabEnvironment.variables())
        .map(
            address ->
                new LabDatabase(
                    address.jdbc(), address.user().orElse(null), address.password().orElse(null)))
        .orElseGet(() -> LabDatabase.inFolder(folder()));
  }

  /** Waits for a database that is just being started, as beside it in a group of containers. */
  private static void requireAnswer(DatabaseAddress address) throws InterruptedException {
    long giveUpAt = System.nanoTime() + DATABASE_STARTS_WITHIN.toNanos();
    boolean isWaiting = false;
    while (true) {
      try (Connection connection = DriverManager.getConnection(address.jdbc(), address.login())) {
        return;
      } catch (SQLException e) {
        boolean isThere = e.getSQLState() != null && !e.getSQLState().startsWith("08");
        if ((isThere && !e.getSQLState().equals("57P03")) || System.nanoTime() - giveUpAt > 0) {
          throw new UsageException(
              "%s: the database %s cannot be used: %s"
                  .formatted(DatabaseAddress.URL, address, e.getMessage()),
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
