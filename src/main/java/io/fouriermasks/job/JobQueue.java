package io.fouriermasks.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobStates;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/**
 * Hands queued jobs to the workers, of which each takes one at a time: those of the highest
 * priority first, and the oldest of them. One at a time, because a process can train only one thing
 * at once: DJL has a single gradient collector. The queue is a table beside the jobs, kept by
 * db-scheduler, which also sees to it that a worker gives signs of life; what a dead one had is
 * given to another.
 */
@Singleton
class JobQueue {

  private static final Logger LOG = Logger.getLogger(JobQueue.class);

  private static final String TASK = "job";

  private static final Duration POLLING = Duration.ofSeconds(1);
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  /** A worker that was silent for half a minute is dead. */
  private static final int MISSED_HEARTBEATS = 6;

  private static final Duration BEFORE_ANOTHER_TRY = Duration.ofSeconds(5);

  private final CustomTask<Void> task;
  private final Scheduler scheduler;
  private final QueuePulse pulse;
  private final JobStates states;
  private final Dependants dependants;
  private final Jdbi jdbi;
  private final Clock clock;

  JobQueue(
      DataSource dataSource,
      Jdbi jdbi,
      Clock clock,
      JobStates states,
      JobRunner runner,
      QueuePulse pulse,
      Dependants dependants,
      Worker worker) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.states = states;
    this.pulse = pulse;
    this.dependants = dependants;
    this.task =
        Tasks.custom(TASK, Void.class)
            // at its old time: the library's own way reads the machine's clock, which may be ahead
            .onDeadExecution(
                (complete, operations) ->
                    operations.reschedule(complete, complete.getExecution().executionTime))
            .execute(
                (instance, context) -> {
                  String entry = instance.getId();
                  long job = jobOf(entry);
                  JobRunner.Afterwards afterwards = runner.run(job, entry);
                  return after(afterwards == JobRunner.Afterwards.FORGET ? goOn(job) : afterwards);
                });
    this.scheduler =
        Scheduler.create(dataSource, task)
            .schedulerName(new SchedulerName.Fixed(worker.name()))
            .clock(clock::instant)
            .addSchedulerListener(pulse)
            .threads(1)
            .pollingInterval(POLLING)
            // one at a time: what is taken in advance would go before a later one of higher
            // priority
            .pollUsingFetchAndLockOnExecute(0, 1)
            .enablePriority()
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            .enableImmediateExecution()
            .shutdownMaxWait(Duration.ofSeconds(20))
            .build();
  }

  /**
   * Queues the job, unless it does not wait any more; it starts at once if a worker is free. Each
   * call makes an entry of its own and voids those before it: a job that is resumed must not be
   * taken for its old entry, which may still be on its way out.
   */
  void add(Job job) {
    String entry = job.id() + ":" + UUID.randomUUID();
    if (states.enter(job.id(), entry)) {
      TaskInstance<Void> instance = task.instanceBuilder(entry).priority(Priority.of(job)).build();
      scheduler.scheduleIfNotExists(instance, job.createdAt());
    }
  }

  /** Queues what has waited for a job; if that fails now, its entry comes once more and is void. */
  private JobRunner.Afterwards goOn(long job) {
    try {
      dependants.ended(job, this::add);
      return JobRunner.Afterwards.FORGET;
    } catch (RuntimeException e) {
      LOG.warnf("what waits for job %d cannot be looked at now: %s", job, e.getMessage());
      return JobRunner.Afterwards.LATER;
    }
  }

  private static long jobOf(String entry) {
    return Long.parseLong(entry.substring(0, entry.indexOf(':')));
  }

  private CompletionHandler<Void> after(JobRunner.Afterwards afterwards) {
    return (complete, operations) -> {
      switch (afterwards) {
        case FORGET -> operations.remove();
        // at its old time: before what was submitted after it
        case AGAIN -> operations.reschedule(complete, complete.getExecution().executionTime);
        case LATER -> operations.reschedule(complete, clock.instant().plus(BEFORE_ANOTHER_TRY));
      }
    };
  }

  /** How many jobs of a higher priority wait for a worker. */
  int waitingAbove(int priority) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select count(*) from scheduled_tasks where task_name = :task and not picked"
                        + " and priority > :priority")
                .bind("task", TASK)
                .bind("priority", priority)
                .mapTo(int.class)
                .one());
  }

  /**
   * Forgets which worker had taken what. Called before {@link #start} by the only process that uses
   * the database, so whoever had taken something is gone.
   */
  void forgetWorkers() {
    jdbi.useHandle(handle -> handle.execute("delete from scheduled_tasks"));
  }

  void start() {
    scheduler.start();
  }

  /**
   * Lets this process take jobs from now on, or none; what it works on goes on. Said again, it
   * changes nothing. To take none is to be said again and again: who says so lives.
   */
  void take(boolean jobs) {
    if (jobs) {
      scheduler.resume();
    } else {
      scheduler.pause();
      pulse.rests();
    }
  }

  /** Takes no further job and waits for the end of the running one, at most 20 s. */
  void stop() {
    scheduler.stop();
  }
}
