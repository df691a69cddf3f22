package io.fouriermasks.backup;

import io.fouriermasks.store.Artefacts;
import io.fouriermasks.store.Bucket;
import io.fouriermasks.store.WeightFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The files of a lab, by their names below its data folder, with slashes: those that lie in the
 * folder, and those that lie in its bucket, if it has one. Of two copies the later one counts.
 */
final class LabFiles {

  /** Of the folders of a lab those that all its machines have in the bucket. */
  private static final List<String> SHARED = List.of(Artefacts.FOLDER, WeightFiles.FOLDER, "jobs");

  private final Path data;
  private final Optional<Bucket> bucket;

  /** Sizes of the objects that were listed. */
  private final Map<String, Long> objects = new HashMap<>();

  /**
   * @param data the data folder, absolute
   */
  LabFiles(Path data, Optional<Bucket> bucket) {
    this.data = data;
    this.bucket = bucket;
  }

  /** Where a lab has files already, if it has any. */
  Optional<String> firstPlaceWithFiles() throws IOException {
    for (String folder : ArchiveNames.FOLDERS) {
      if (holdsFiles(data.resolve(folder))) {
        return Optional.of(data.resolve(folder).toString());
      }
    }
    if (bucket.isPresent()) {
      for (String folder : SHARED) {
        if (!bucket.get().sizes(folder + "/").isEmpty()) {
          return Optional.of(bucket.get() + folder);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean holdsFiles(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.anyMatch(path -> !Files.isDirectory(path));
    }
  }

  /** Names of the finished files in one of the folders, in their order. */
  List<String> below(String folder) throws IOException {
    TreeSet<String> names = new TreeSet<>();
    Path root = data.resolve(folder);
    if (Files.isDirectory(root)) {
      try (Stream<Path> all = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
        all.filter(Files::isRegularFile)
            .map(file -> ModelFiles.slashes(data.relativize(file)))
            .forEach(names::add);
      }
    }
    look(folder);
    objects.keySet().stream().filter(name -> name.startsWith(folder + "/")).forEach(names::add);
    names.removeIf(name -> name.endsWith(".tmp") || name.contains("/."));
    return new ArrayList<>(names);
  }

  /** Asks the bucket what it has in a folder now; {@link #isThere} goes by the last answer. */
  void look(String folder) {
    if (bucket.isPresent() && SHARED.contains(folder)) {
      objects.keySet().removeIf(name -> name.startsWith(folder + "/"));
      objects.putAll(bucket.get().sizes(folder + "/"));
    }
  }

  /** Whether there is such a file; of the bucket, when it was last listed. */
  boolean isThere(String name) {
    return Files.isRegularFile(data.resolve(name)) || objects.containsKey(name);
  }

  /** Its size in bytes, of the copy that was found. */
  long size(String name) {
    Path file = data.resolve(name);
    return Files.isRegularFile(file) ? file.toFile().length() : objects.getOrDefault(name, 0L);
  }

  /**
   * A file that is read.
   *
   * @param modified when it was written
   */
  record Content(InputStream in, Instant modified) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  /**
   * Opens a file.
   *
   * @param scratch folder where a copy from the bucket lies while it is read
   * @throws NoSuchFileException if it has gone
   */
  Content open(String name, Path scratch) throws IOException {
    Path file = data.resolve(name);
    if (objects.containsKey(name) && !isNewest(name, file)) {
      Path copy = Files.createTempFile(scratch, ".export-", ".tmp");
      try {
        if (!bucket.orElseThrow().fetch(name, copy)) {
          throw new NoSuchFileException(name);
        }
        Instant modified = Files.getLastModifiedTime(copy).toInstant();
        return new Content(
            Files.newInputStream(copy, StandardOpenOption.DELETE_ON_CLOSE), modified);
      } catch (IOException | RuntimeException e) {
        Files.deleteIfExists(copy);
        throw e;
      }
    }
    return new Content(Files.newInputStream(file), Files.getLastModifiedTime(file).toInstant());
  }

  /** What is named by its content is the same everywhere. */
  private boolean isNewest(String name, Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    if (name.startsWith(Artefacts.FOLDER + "/")) {
      return true;
    }
    Instant here = Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.MILLIS);
    return bucket.orElseThrow().find(name).filter(copy -> here.isBefore(copy.written())).isEmpty();
  }

  /**
   * Copies the files of the data folder into the bucket, if there is one.
   *
   * @param published gets the names of those that are there
   * @param listener is told of each
   */
  void publish(List<String> published, BackupListener listener) throws IOException {
    if (bucket.isEmpty()) {
      return;
    }
    List<String> names = new ArrayList<>();
    for (String folder : SHARED) {
      names.addAll(below(folder));
    }
    long total = names.stream().mapToLong(this::size).sum();
    long done = 0;
    for (String name : names) {
      if (listener.isStopped()) {
        throw new BackupStoppedException();
      }
      published.add(name);
      bucket.get().put(name, data.resolve(name));
      done += size(name);
      listener.onProgress(done, total, "to " + bucket.get());
    }
  }

  /** Takes out of the bucket again what an import that failed has put there. */
  void withdraw(List<String> published) {
    bucket.ifPresent(from -> published.forEach(from::delete));
  }
}
