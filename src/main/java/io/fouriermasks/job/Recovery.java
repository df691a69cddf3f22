package io.fouriermasks.job;

import io.fouriermasks.store.EndReason;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.Jobs;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Puts the jobs in order that the end of the last process left behind. */
@Singleton
class Recovery {

  private static final Logger LOG = Logger.getLogger(Recovery.class);

  private final Jobs jobs;
  private final JobLog log;
  private final JobQueue queue;

  Recovery(Jobs jobs, JobLog log, JobQueue queue) {
    this.jobs = jobs;
    this.log = log;
    this.queue = queue;
  }

  /**
   * Marks what was running as interrupted and queues what was waiting. To be called before the
   * queue starts.
   */
  void run() {
    queue.forgetWorkers();
    for (Job job : jobs.inState(JobState.RUNNING)) {
      LOG.warnf("job %d was interrupted", job.id());
      log.change(job.id(), JobState.FAILED, EndReason.INTERRUPTED, JobRunner.INTERRUPTED);
    }
    jobs.inState(JobState.QUEUED).forEach(queue::add);
  }
}
