package io.fouriermasks.store;

import io.fouriermasks.network.DurableFile;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Files that never change, named by the SHA-256 of their content, below {@code
 * DATA/artefacts/ab/HASH.ext}. With a bucket they are kept there, and the folder has those that
 * were made or wanted on this machine.
 */
@Singleton
public class Artefacts {

  /** Their folder in the data folder. */
  public static final String FOLDER = "artefacts";

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private final Path folder;
  private final DiskSpace space;
  private final Optional<Bucket> bucket;

  @Inject
  public Artefacts(LabConfig config, DiskSpace space, Optional<Bucket> bucket) {
    this(config.dataDir().toAbsolutePath().normalize().resolve(FOLDER), space, bucket);
  }

  Artefacts(Path folder, DiskSpace space, Optional<Bucket> bucket) {
    this.folder = folder;
    this.space = space;
    this.bucket = bucket;
  }

  /**
   * Keeps a file. When this returns it is durable under its final name; what is already kept is not
   * written again, but counts as new to {@link #remove}.
   *
   * @return its hash
   * @throws DiskFullException if there is too little space
   * @throws UncheckedIOException if it cannot be written
   * @throws ObjectStorageException if the bucket does not take it
   */
  public String put(ArtefactType type, byte[] content) {
    String hash = sha256(content);
    Path target = path(type, hash);
    keep(target, content);
    // also one that was here: it may be there no more, or have been left out by an error
    bucket.ifPresent(to -> to.put(object(type, hash), target));
    return hash;
  }

  private void keep(Path target, byte[] content) {
    if (isUsedAgain(target)) {
      return;
    }
    space.require(content.length);
    try {
      DurableFile.write(target, content);
    } catch (IOException e) {
      if (DiskFullException.isCauseOf(e)) {
        throw space.full();
      }
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The file with this hash, if it is kept. Anything but a hash finds nothing.
   *
   * @throws ObjectStorageException if it is not here and the bucket cannot be asked
   */
  public Optional<Path> find(ArtefactType type, String hash) {
    if (!HASH.matcher(hash).matches()) {
      return Optional.empty();
    }
    Path file = path(type, hash);
    boolean isHere =
        Files.isRegularFile(file)
            || bucket.filter(from -> from.fetch(object(type, hash), file, hash)).isPresent();
    return isHere ? Optional.of(file) : Optional.empty();
  }

  /**
   * The file with this hash.
   *
   * @throws UnknownIdException if it is not kept
   */
  public Path get(ArtefactType type, String hash) {
    return find(type, hash).orElseThrow(() -> new UnknownIdException("artefact", hash));
  }

  /**
   * Its content.
   *
   * @throws UnknownIdException if it is not kept
   * @throws UncheckedIOException if it cannot be read
   */
  public byte[] read(ArtefactType type, String hash) {
    try {
      return Files.readAllBytes(get(type, hash));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Removes the files with this hash that no row names any more.
   *
   * @param unusedSince what was put later stays: the row that will name it may not be there yet
   * @return the bytes that were freed
   * @throws UncheckedIOException if one cannot be removed
   */
  public long remove(String hash, Instant unusedSince) {
    long freed = 0;
    for (ArtefactType type : ArtefactType.values()) {
      if (bucket.isEmpty()) {
        freed += remove(path(type, hash), unusedSince);
      } else {
        freed += remove(bucket.get(), object(type, hash), unusedSince);
        remove(path(type, hash), unusedSince);
      }
    }
    return freed;
  }

  private static long remove(Bucket from, String object, Instant unusedSince) {
    Optional<Bucket.Entry> entry = from.find(object);
    if (entry.isEmpty() || !entry.get().stored().isBefore(unusedSince)) {
      return 0;
    }
    from.delete(object);
    return entry.get().size();
  }

  private static long remove(Path file, Instant unusedSince) {
    try {
      if (!Files.getLastModifiedTime(file).toInstant().isBefore(unusedSince)) {
        return 0;
      }
      long size = Files.size(file);
      return Files.deleteIfExists(file) ? size : 0;
    } catch (NoSuchFileException e) {
      return 0; // another process was faster
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes of the files with this hash; those that are gone have none. */
  public long size(String hash) {
    long size = 0;
    for (ArtefactType type : ArtefactType.values()) {
      size +=
          bucket.isPresent()
              ? bucket.get().find(object(type, hash)).map(Bucket.Entry::size).orElse(0L)
              : path(type, hash).toFile().length();
    }
    return size;
  }

  /** Whether a file is there; it is then as good as written now. */
  private static boolean isUsedAgain(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name of a file below {@link #FOLDER}, {@code ab/HASH.ext}. */
  public static String name(ArtefactType type, String hash) {
    return "%s/%s.%s".formatted(hash.substring(0, 2), hash, type.extension());
  }

  private static String object(ArtefactType type, String hash) {
    return FOLDER + "/" + name(type, hash);
  }

  private Path path(ArtefactType type, String hash) {
    return folder.resolve(name(type, hash));
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
