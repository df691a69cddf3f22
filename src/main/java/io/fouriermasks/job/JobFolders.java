package io.fouriermasks.job;

import io.fouriermasks.store.LabConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Where jobs keep what they need to go on after an interruption: {@code DATA/jobs/ID}. */
@Singleton
class JobFolders {

  /** Theirs in the data folder. */
  static final String FOLDER = "jobs";

  private static final Logger LOG = Logger.getLogger(JobFolders.class);

  private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,17}");

  private final Path root;

  @Inject
  JobFolders(LabConfig config) {
    this(config.dataDir().toAbsolutePath().normalize().resolve(FOLDER));
  }

  JobFolders(Path root) {
    this.root = root;
  }

  /** The checkpoint of a training of the job; it need not exist. */
  Path checkpoint(long job, String training) {
    return root.resolve(Long.toString(job)).resolve(training + ".checkpoint.safetensors");
  }

  /** Lets a job go on where another one with the same specification has got to. */
  void handOver(long from, long to) {
    Path old = root.resolve(Long.toString(from));
    if (!Files.isDirectory(old)) {
      return;
    }
    try {
      Files.move(old, root.resolve(Long.toString(to)));
    } catch (IOException e) {
      LOG.warnf("job %d begins anew: the folder of job %d cannot be moved: %s", to, from, e);
    }
  }

  /** Ids of the jobs that something is kept of. */
  List<Long> jobs() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(root)) {
      return folders
          .map(folder -> folder.getFileName().toString())
          .filter(name -> ID.matcher(name).matches())
          .map(Long::valueOf)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Nothing is left to continue.
   *
   * @return the bytes that were freed
   */
  long delete(long job) {
    Path folder = root.resolve(Long.toString(job));
    try {
      return FileTree.delete(folder);
    } catch (IOException e) {
      LOG.warnf("the folder %s could not be deleted: %s", folder, e.getMessage());
      return 0;
    }
  }
}
