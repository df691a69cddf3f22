package io.fouriermasks.job;

import io.fouriermasks.store.DatabaseProduct;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.JobStates;
import io.fouriermasks.store.Jobs;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Puts the jobs in order that the sudden end of a process left behind between two of its steps.
 * What a dead worker was working on is given to another by the queue itself.
 */
@Singleton
class Recovery {

  private static final Logger LOG = Logger.getLogger(Recovery.class);

  private final DatabaseProduct database;
  private final Jobs jobs;
  private final JobStates states;
  private final JobLog log;
  private final JobQueue queue;
  private final Dependants dependants;

  Recovery(
      DatabaseProduct database,
      Jobs jobs,
      JobStates states,
      JobLog log,
      JobQueue queue,
      Dependants dependants) {
    this.database = database;
    this.jobs = jobs;
    this.states = states;
    this.log = log;
    this.queue = queue;
    this.dependants = dependants;
  }

  /**
   * Queues what was waiting. A process that has the database for itself knows that nobody works on
   * anything, and queues what was running too. To be called before the queue starts.
   */
  void start() {
    if (!database.isShared()) {
      queue.forgetWorkers();
      jobs.inState(JobState.RUNNING).forEach(this::recover);
    }
    dependants.failHopeless();
    states.forgotten().forEach(queue::add);
  }

  /** What other processes have left behind meanwhile. */
  @Scheduled(every = "10s", delayed = "10s", concurrentExecution = ConcurrentExecution.SKIP)
  void lookAgain() {
    if (database.isShared()) {
      states.abandoned().forEach(this::recover);
      dependants.failHopeless();
      states.forgotten().forEach(queue::add);
    }
  }

  private void recover(Job left) {
    Job job = log.recover(left.id(), JobRunner::left);
    LOG.warnf("job %d was left behind by %s and is %s", job.id(), job.worker(), job.state());
  }
}
