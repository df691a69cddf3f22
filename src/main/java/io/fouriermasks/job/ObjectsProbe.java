package io.fouriermasks.job;

import io.fouriermasks.store.Bucket;
import io.fouriermasks.store.ObjectStorageException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Asks the object storage now and then whether it answers: who asks for the health does not wait
 * for one that has gone.
 */
@Singleton
public class ObjectsProbe {

  private static final Logger LOG = Logger.getLogger(ObjectsProbe.class);

  private final Optional<Bucket> bucket;
  private volatile String problem;

  ObjectsProbe(Optional<Bucket> bucket) {
    this.bucket = bucket;
  }

  /** Where the files are kept, {@code s3://BUCKET/PREFIX}; empty if in the data folder alone. */
  public Optional<String> place() {
    // no reference to its method: that would load parts of its library where there is no bucket
    return bucket.isPresent() ? Optional.of(bucket.get().toString()) : Optional.empty();
  }

  /** What was wrong with it when it was last asked, a sentence with what to do, or null. */
  public String problem() {
    return problem;
  }

  @Scheduled(every = "15s", concurrentExecution = ConcurrentExecution.SKIP)
  void look() {
    if (bucket.isEmpty()) {
      return;
    }
    try {
      bucket.get().check();
      problem = null;
    } catch (ObjectStorageException e) {
      LOG.debug("the object storage was asked in vain", e); // who needs it says so
      problem = e.getMessage();
    }
  }
}
