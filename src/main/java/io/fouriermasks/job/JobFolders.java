package io.fouriermasks.job;

import io.fouriermasks.store.LabConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Where jobs keep what they need to go on after an interruption: {@code DATA/jobs/ID}. */
@Singleton
class JobFolders {

  private static final Logger LOG = Logger.getLogger(JobFolders.class);

  private final Path root;

  @Inject
  JobFolders(LabConfig config) {
    this(config.dataDir().toAbsolutePath().normalize().resolve("jobs"));
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

  /** Nothing is left to continue. */
  void delete(long job) {
    Path folder = root.resolve(Long.toString(job));
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.warnf("the folder %s could not be deleted: %s", folder, e.getMessage());
    }
  }
}
