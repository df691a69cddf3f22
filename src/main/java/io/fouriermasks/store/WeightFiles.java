package io.fouriermasks.store;

import io.fouriermasks.network.DurableFile;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The weights of this lab's own networks and the records of their trainings, {@code
 * DATA/models/FAMILY}, and their copies in the bucket, if there is one.
 */
@Singleton
public class WeightFiles {

  /** Their folder in the data folder, in the samples and in the bucket. */
  public static final String FOLDER = "models";

  /** Two names, neither of which is hidden. */
  private static final Pattern NAME = Pattern.compile(FOLDER + "(/[^/.\\\\][^/\\\\]*){2}");

  private static final String WEIGHTS = ".safetensors";

  private final Path data;
  private final Optional<Path> samples;
  private final Optional<Bucket> bucket;

  @Inject
  public WeightFiles(LabConfig config, Optional<Bucket> bucket) {
    this.data = config.dataDir().toAbsolutePath().normalize();
    this.samples = config.samplesDir().map(folder -> folder.toAbsolutePath().normalize());
    this.bucket = bucket;
  }

  /** Where the weights of a family lie that this lab has trained or imported. */
  public Path folder(String family) {
    return data.resolve(FOLDER).resolve(family);
  }

  /** The record of its training, beside the weights of a model. */
  public static Path record(Path weights) {
    return weights.resolveSibling(
        weights.getFileName().toString().replaceFirst("\\.safetensors$", ".json"));
  }

  /** Changes when a file does. */
  public static String fingerprint(Path file) throws IOException {
    return Files.size(file) + "-" + Files.getLastModifiedTime(file).toMillis();
  }

  /**
   * Where weights are on this machine. With a bucket, the process that has found them may have
   * another data folder.
   *
   * @param found where they were found
   */
  Path here(Path found) {
    if (bucket.isEmpty() || found.getNameCount() < 2) {
      return found;
    }
    Path name = found.subpath(found.getNameCount() - 2, found.getNameCount());
    Path own = data.resolve(FOLDER).resolve(name);
    return samples
        .map(folder -> folder.resolve(FOLDER).resolve(name))
        .filter(sample -> !Files.exists(own) && Files.exists(sample))
        .orElse(own);
  }

  /**
   * Sees to it that the weights of a model are at their place, if the bucket has them.
   *
   * @throws ObjectStorageException if it cannot be asked
   */
  public void bring(Model model) {
    if (bucket.isPresent() && !isCurrent(model)) {
      bring(model.file());
    }
  }

  /** The same for a file below the data folder, and the record beside it. */
  public void bring(Path weights) {
    if (bucket.isPresent() && weights.startsWith(data)) {
      Bucket from = bucket.get();
      // the weights last: where they are, the model is there
      for (Path file : List.of(record(weights), weights)) {
        from.fetch(name(file), file);
      }
    }
  }

  private static boolean isCurrent(Model model) {
    try {
      return Files.exists(model.file()) && fingerprint(model.file()).equals(model.fingerprint());
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether weights are this lab's own, and not of the samples. */
  public boolean isOwn(Path weights) {
    return weights.startsWith(data.resolve(FOLDER));
  }

  /** Where weights of this lab's own lie, below the data folder, with slashes. */
  public String place(Path weights) {
    return name(weights);
  }

  /** Whether other machines have copies, which they put into the bucket again. */
  public boolean areCopied() {
    return bucket.isPresent();
  }

  /**
   * Removes weights and their record, here and from the bucket, unless others have their name now.
   *
   * @return the bytes that they had here
   */
  public long remove(DeletedFiles.Thing model) {
    if (isAnother(model)) {
      return 0;
    }
    Path weights = data.resolve(model.place());
    long bytes = 0;
    try {
      // the weights first: where they are not, the model is not
      for (Path file : List.of(weights, record(weights))) {
        bytes += file.toFile().length();
        Files.deleteIfExists(file);
        bucket.ifPresent(from -> from.delete(name(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes;
  }

  /** Whether there are other weights here than those that were deleted. */
  public boolean isAnother(DeletedFiles.Thing model) {
    Path weights = data.resolve(model.place());
    try {
      return Files.exists(weights) && !fingerprint(weights).equals(model.fingerprint());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes the folder and the bucket hold the same files; of two that differ the one that was
   * written later.
   *
   * @param given weights that were given up, and are copied nowhere
   * @throws ObjectStorageException if the bucket cannot be asked
   */
  public void synchronise(Collection<DeletedFiles.Thing> given) {
    Set<String> gone = new LinkedHashSet<>();
    for (DeletedFiles.Thing model : given) {
      gone.add(model.place());
      gone.add(name(record(data.resolve(model.place()))));
    }
    bucket.ifPresent(with -> synchronise(with, gone));
  }

  private void synchronise(Bucket with, Set<String> gone) {
    Set<String> there = new LinkedHashSet<>(gone);
    for (String name : with.names(FOLDER + "/")) {
      if (NAME.matcher(name).matches() && !gone.contains(name)) {
        there.add(name);
        Path file = data.resolve(name);
        Bucket.Entry entry = with.find(name).orElse(null);
        if (entry == null || isSame(file, entry)) {
          continue;
        }
        if (Files.exists(file) && written(file).isAfter(entry.written())) {
          with.put(name, file);
        } else {
          with.fetch(name, file);
        }
      }
    }
    for (Path file : files()) {
      String name = name(file);
      if (!there.contains(name) && NAME.matcher(name).matches()) {
        with.put(name, file);
      }
    }
  }

  private static boolean isSame(Path file, Bucket.Entry entry) {
    return Files.exists(file)
        && file.toFile().length() == entry.size()
        && written(file).equals(entry.written());
  }

  private static Instant written(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.MILLIS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All weights and records, these before those. */
  private List<Path> files() {
    Path root = data.resolve(FOLDER);
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(root, 2, FileVisitOption.FOLLOW_LINKS)) {
      return new ArrayList<>(
          all.filter(Files::isRegularFile)
              .filter(file -> !DurableFile.isTemporary(file))
              .filter(
                  file -> file.toString().endsWith(WEIGHTS) || file.toString().endsWith(".json"))
              .sorted()
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String name(Path file) {
    return data.relativize(file).toString().replace('\\', '/');
  }
}
