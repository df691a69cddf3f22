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
 * DATA/artefacts/ab/HASH.ext}.
 */
@Singleton
public class Artefacts {

  /** Their folder in the data folder. */
  public static final String FOLDER = "artefacts";

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private final Path folder;
  private final DiskSpace space;

  @Inject
  public Artefacts(LabConfig config, DiskSpace space) {
    this(config.dataDir().toAbsolutePath().normalize().resolve(FOLDER), space);
  }

  Artefacts(Path folder, DiskSpace space) {
    this.folder = folder;
    this.space = space;
  }

  /**
   * Keeps a file. When this returns it is durable under its final name; what is already kept is not
   * written again, but counts as new to {@link #remove}.
   *
   * @return its hash
   * @throws DiskFullException if there is too little space
   * @throws UncheckedIOException if it cannot be written
   */
  public String put(ArtefactType type, byte[] content) {
    String hash = sha256(content);
    Path target = path(type, hash);
    if (isUsedAgain(target)) {
      return hash;
    }
    space.require(content.length);
    try {
      DurableFile.write(target, content);
      return hash;
    } catch (IOException e) {
      if (DiskFullException.isCauseOf(e)) {
        throw space.full();
      }
      throw new UncheckedIOException(e);
    }
  }

  /** The file with this hash, if it is kept. Anything but a hash finds nothing. */
  public Optional<Path> find(ArtefactType type, String hash) {
    if (!HASH.matcher(hash).matches()) {
      return Optional.empty();
    }
    return Optional.of(path(type, hash)).filter(Files::isRegularFile);
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
      Optional<Path> file = find(type, hash);
      if (file.isPresent()) {
        freed += remove(file.get(), unusedSince);
      }
    }
    return freed;
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
