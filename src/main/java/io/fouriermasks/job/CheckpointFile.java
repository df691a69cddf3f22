package io.fouriermasks.job;

import io.fouriermasks.store.Bucket;
import io.fouriermasks.store.ObjectStorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The file of a checkpoint, and its copy in the bucket, if there is one.
 *
 * @param path it need not exist
 * @param name of the copy
 */
record CheckpointFile(Path path, String name, Optional<Bucket> bucket) {

  /**
   * Brings the copy here if another machine has got further. Of two, the one that was written later
   * is taken; where clocks differ, that costs time at most: what is reached again is not stored
   * twice.
   *
   * @throws ObjectStorageException if the bucket cannot be asked
   */
  void bring() throws IOException {
    Optional<Bucket.Entry> copy = bucket.flatMap(from -> from.find(name));
    if (copy.isPresent()
        && (!Files.exists(path)
            || Files.getLastModifiedTime(path)
                .toInstant()
                .truncatedTo(ChronoUnit.MILLIS)
                .isBefore(copy.get().written()))) {
      bucket.get().fetch(name, path);
    }
  }

  /**
   * Copies what was written.
   *
   * @throws IOException if the bucket does not take it
   */
  void keep() throws IOException {
    if (bucket.isPresent()) {
      try {
        bucket.get().put(name, path);
      } catch (ObjectStorageException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
  }

  /**
   * Removes both.
   *
   * @throws IOException if one cannot be removed
   */
  void delete() throws IOException {
    Files.deleteIfExists(path);
    if (bucket.isPresent()) {
      try {
        bucket.get().delete(name);
      } catch (ObjectStorageException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
  }
}
