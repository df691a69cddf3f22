package io.fouriermasks.api;

import io.fouriermasks.store.DiskSpace;
import io.fouriermasks.store.LabConfig;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether results can be kept. A disk that fills is said and counts as up until nothing can be kept
 * any more: a dashboard that is taken away can explain nothing.
 */
@Readiness
@Singleton
class DataFolderCheck implements HealthCheck {

  private static final String NAME = "data folder";
  private static final long MEGABYTE = 1 << 20;

  private final DiskSpace space;
  private final LabConfig config;

  DataFolderCheck(DiskSpace space, LabConfig config) {
    this.space = space;
    this.config = config;
  }

  @Override
  public HealthCheckResponse call() {
    Path folder = config.dataDir().toAbsolutePath().normalize();
    try {
      return judge(
          folder, space.free(), config.minFree().asLongValue(), config.lowFree().asLongValue());
    } catch (UncheckedIOException e) {
      return down("The disk of %s cannot be asked for its space; is it there?".formatted(folder));
    }
  }

  /**
   * @param free bytes on its disk
   * @param least bytes below which nothing is kept
   * @param low bytes below which that is near
   */
  static HealthCheckResponse judge(Path folder, long free, long least, long low) {
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      return down("%s cannot be written; give it to the user of the program.".formatted(folder));
    }
    boolean isFull = free < least;
    String reason = "It can be written and has space.";
    if (isFull) {
      reason =
          "%d MB are free on the disk of %s, too few to keep anything; make space."
              .formatted(free / MEGABYTE, folder);
    } else if (free < low) {
      reason =
          "Only %d MB are free on the disk of %s; make space soon."
              .formatted(free / MEGABYTE, folder);
    }
    return HealthCheckResponse.named(NAME)
        .status(!isFull)
        .withData("reason", reason)
        .withData("freeBytes", free)
        .build();
  }

  private static HealthCheckResponse down(String reason) {
    return HealthCheckResponse.named(NAME).down().withData("reason", reason).build();
  }
}
