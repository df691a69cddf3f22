package io.fouriermasks.store;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps some space free for the database: an H2 that cannot write closes itself, and then nobody is
 * told anything. So whoever wants to keep a file is refused before the disk is full.
 */
@Singleton
public class DiskSpace {

  private static final long MEGABYTE = 1 << 20;

  private final Path folder;
  private final long reserve;

  @Inject
  public DiskSpace(LabConfig config) {
    this(config.dataDir().toAbsolutePath().normalize(), config.minFree().asLongValue());
  }

  /**
   * @param reserve bytes that must stay free
   */
  DiskSpace(Path folder, long reserve) {
    this.folder = folder;
    this.reserve = reserve;
  }

  /** Bytes that files may still take. */
  public long left() {
    return free() - reserve;
  }

  /** Bytes that are free, of which some are left to the database. */
  public long free() {
    try {
      Files.createDirectories(folder);
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Refuses what is too large.
   *
   * @throws DiskFullException if {@code bytes} more would touch the reserve
   */
  public void require(long bytes) {
    if (left() < bytes) {
      throw full();
    }
  }

  DiskFullException full() {
    return new DiskFullException(
        "The disk of the data folder %s is full up to the last %d MB, which the database needs. Make"
                .formatted(folder, reserve / MEGABYTE)
            + " space, then start it again.");
  }
}
