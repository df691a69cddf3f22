package io.fouriermasks.command.doctor;

import io.fouriermasks.store.Bucket;
import io.fouriermasks.store.ObjectStorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Whether the bucket that the processes of a lab share is there, and lets this machine write, list,
 * read and delete. For that an object of a few bytes is put there and removed again.
 */
public final class ObjectStorageCheck implements Check {

  /** Beside the lab's own folders in the bucket. */
  private static final String FOLDER = "doctor/";

  private final Supplier<Optional<Bucket>> bucket;

  /**
   * @param bucket opens it; may refuse the settings
   */
  public ObjectStorageCheck(Supplier<Optional<Bucket>> bucket) {
    this.bucket = bucket;
  }

  @Override
  public String name() {
    return "objects";
  }

  @Override
  public Finding look() {
    Optional<Bucket> opened;
    try {
      opened = bucket.get();
    } catch (RuntimeException e) {
      return new Finding.Problem(e.getMessage(), "Correct the settings: docs/operations.md.");
    }
    if (opened.isEmpty()) {
      return new Finding.Ok("no object storage, files lie in the data folder alone");
    }
    try (Bucket there = opened.get()) {
      return look(there);
    }
  }

  private static Finding look(Bucket there) {
    try {
      there.check();
      tryOut(there);
      return new Finding.Ok(there + ", can be written, listed, read and deleted in");
    } catch (ObjectStorageException e) {
      return new Finding.Problem(
          e.getMessage(),
          "Its address is FOURIER_MASKS_OBJECTS_URL and, for a server that is not AWS's,"
              + " FOURIER_MASKS_OBJECTS_ENDPOINT; its keys are AWS_ACCESS_KEY_ID and"
              + " AWS_SECRET_ACCESS_KEY. They must allow to read, write, delete and list.");
    } catch (IOException e) {
      return new Finding.Problem(
          "%s cannot be tried out: %s.".formatted(there, e.getMessage()),
          "Look whether the folder for temporary files (java.io.tmpdir) can be written.");
    }
  }

  private static void tryOut(Bucket there) throws IOException {
    String name = FOLDER + UUID.randomUUID();
    Path file = Files.createTempFile("doctor", ".txt");
    try {
      Files.writeString(file, "may be removed");
      there.put(name, file);
      if (!there.names(name).contains(name)) {
        throw new IOException("it does not list what was put");
      }
      there.fetch(name, file);
      there.delete(name);
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
