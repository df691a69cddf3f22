package io.fouriermasks.job;

import io.fouriermasks.store.Dependencies;
import io.fouriermasks.store.Dependencies.Hopeless;
import io.fouriermasks.store.EndReason;
import io.fouriermasks.store.IllegalTransitionException;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.JobStates.Change;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Jobs that wait for others: they are queued when what they need has succeeded, and fail when it
 * has not. What the sudden end of a process leaves undone between the two is found by {@link
 * Recovery}.
 */
@Singleton
class Dependants {

  private static final Logger LOG = Logger.getLogger(Dependants.class);

  private static final String HOPELESS =
      "It needs what job %d was to make, which %s. When that is put right, submit the study again:"
          + " what is done is not done again.";

  private final Dependencies dependencies;
  private final JobLog log;

  Dependants(Dependencies dependencies, JobLog log) {
    this.dependencies = dependencies;
    this.log = log;
  }

  /**
   * Sees to the jobs that have waited for one that may have ended.
   *
   * @param queue takes those that can be begun
   */
  void ended(long job, Consumer<Job> queue) {
    dependencies.ready(job).forEach(queue);
    failHopeless();
  }

  /** Fails the jobs that wait in vain, and those that wait for them, to the end of the line. */
  void failHopeless() {
    for (List<Hopeless> found = dependencies.hopeless();
        !found.isEmpty();
        found = dependencies.hopeless()) {
      found.forEach(this::fail);
    }
  }

  private void fail(Hopeless hopeless) {
    Job needed = hopeless.needed();
    String what = needed.state() == JobState.FAILED ? "has failed" : "was cancelled";
    try {
      log.change(
          hopeless.job(),
          new Change(JobState.FAILED, EndReason.ERROR, HOPELESS.formatted(needed.id(), what)));
    } catch (IllegalTransitionException e) {
      LOG.debugf("job %d has ended otherwise meanwhile", hopeless.job());
    }
  }
}
