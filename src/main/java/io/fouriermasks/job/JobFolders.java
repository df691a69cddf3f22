package io.fouriermasks.job;

import io.fouriermasks.store.Bucket;
import io.fouriermasks.store.LabConfig;
import io.fouriermasks.store.ObjectStorageException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Where jobs keep what they need to go on after an interruption: {@code DATA/jobs/ID}, and copies
 * in the bucket, if there is one: another machine may go on.
 */
@Singleton
class JobFolders {

  /** Theirs in the data folder. */
  static final String FOLDER = "jobs";

  private static final Logger LOG = Logger.getLogger(JobFolders.class);

  private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,17}");

  private final Path root;
  private final Optional<Bucket> bucket;

  @Inject
  JobFolders(LabConfig config, Optional<Bucket> bucket) {
    this(config.dataDir().toAbsolutePath().normalize().resolve(FOLDER), bucket);
  }

  JobFolders(Path root, Optional<Bucket> bucket) {
    this.root = root;
    this.bucket = bucket;
  }

  /** The checkpoint of a training of the job; it need not exist. */
  CheckpointFile checkpoint(long job, String training) {
    String name = training + ".checkpoint.safetensors";
    return new CheckpointFile(folder(job).resolve(name), object(job) + name, bucket);
  }

  /** Lets a job go on where another one with the same specification has got to. */
  void handOver(long from, long to) {
    try {
      if (Files.isDirectory(folder(from))) {
        Files.move(folder(from), folder(to));
      }
      if (bucket.isPresent()) {
        for (String name : bucket.get().names(object(from))) {
          bucket.get().move(name, object(to) + name.substring(object(from).length()));
        }
      }
    } catch (IOException | ObjectStorageException e) {
      LOG.warnf("job %d begins anew: the folder of job %d cannot be moved: %s", to, from, e);
    }
  }

  /** Ids of the jobs that something is kept of on this machine. */
  List<Long> jobs() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(root)) {
      return ids(folders.map(folder -> folder.getFileName().toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Ids of the jobs that something is kept of in the bucket; empty without one.
   *
   * @throws ObjectStorageException if it cannot be asked
   */
  List<Long> jobsInBucket() {
    return bucket
        .map(from -> ids(from.names(FOLDER + "/").stream().map(name -> name.split("/", -1)[1])))
        .orElse(List.of());
  }

  private static List<Long> ids(Stream<String> names) {
    return names
        .filter(name -> ID.matcher(name).matches())
        .map(Long::valueOf)
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * Nothing is left to continue.
   *
   * @return the bytes that were freed on this machine
   */
  long delete(long job) {
    try {
      long freed = FileTree.delete(folder(job));
      if (bucket.isPresent()) {
        bucket.get().names(object(job)).forEach(bucket.get()::delete);
      }
      return freed;
    } catch (IOException | ObjectStorageException e) {
      LOG.warnf("the checkpoints of job %d could not be deleted: %s", job, e.getMessage());
      return 0;
    }
  }

  private Path folder(long job) {
    return root.resolve(Long.toString(job));
  }

  private static String object(long job) {
    return FOLDER + "/" + job + "/";
  }
}
