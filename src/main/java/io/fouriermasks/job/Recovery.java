package io.fouriermasks.job;

import io.fouriermasks.store.EndReason;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobEvents;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.Jobs;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Puts the jobs in order that the sudden end of the last process left behind. */
@Singleton
class Recovery {

  private static final Logger LOG = Logger.getLogger(Recovery.class);

  /**
   * So often the program may end suddenly under a job: a job that kills it must not be run for
   * ever.
   */
  static final int MOST_INTERRUPTIONS = 3;

  static final String GIVEN_UP =
      "The program ended suddenly each of the %d times that this job was running. If it lacked memory,"
          + " start it again with fewer images or a smaller batch.";

  private final Jobs jobs;
  private final JobEvents events;
  private final JobLog log;
  private final JobQueue queue;

  Recovery(Jobs jobs, JobEvents events, JobLog log, JobQueue queue) {
    this.jobs = jobs;
    this.events = events;
    this.log = log;
    this.queue = queue;
  }

  /**
   * Queues what was waiting and what was running, which goes on from its checkpoint. To be called
   * before the queue starts.
   */
  void run() {
    queue.forgetWorkers();
    for (Job job : jobs.inState(JobState.RUNNING)) {
      int times = events.interruptions(job.id()) + 1;
      LOG.warnf("job %d was interrupted, %d of %d times", job.id(), times, MOST_INTERRUPTIONS);
      boolean isGivenUp = times >= MOST_INTERRUPTIONS;
      log.change(
          job.id(),
          isGivenUp ? JobState.FAILED : JobState.QUEUED,
          EndReason.INTERRUPTED,
          isGivenUp ? GIVEN_UP.formatted(times) : JobRunner.INTERRUPTED);
    }
    jobs.inState(JobState.QUEUED).forEach(queue::add);
  }
}
