package io.fouriermasks.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.fouriermasks.store.Job;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/**
 * Hands queued jobs to the runner, one at a time and in the order of submission. The queue is a
 * table beside the jobs, kept by db-scheduler. One at a time, because a process can train only one
 * thing at once: DJL has a single gradient collector.
 */
@Singleton
class JobQueue {

  private static final String TASK = "job";

  private final OneTimeTask<Void> task;
  private final Scheduler scheduler;
  private final Jdbi jdbi;

  JobQueue(DataSource dataSource, Jdbi jdbi, JobRunner runner) {
    this.jdbi = jdbi;
    this.task =
        Tasks.oneTime(TASK).execute((instance, context) -> runner.run(jobOf(instance.getId())));
    this.scheduler =
        Scheduler.create(dataSource, task)
            .threads(1)
            .pollingInterval(Duration.ofSeconds(2))
            .enableImmediateExecution()
            .shutdownMaxWait(Duration.ofSeconds(20))
            .build();
  }

  /**
   * Queues the job; it starts at once if nothing else runs. Each call is an entry of its own: a job
   * that is resumed must not be taken for its old entry, which may still be on its way out. Of two
   * entries the second finds nothing to run.
   */
  void add(Job job) {
    String entry = job.id() + ":" + UUID.randomUUID();
    scheduler.scheduleIfNotExists(task.instance(entry), job.createdAt());
  }

  private static long jobOf(String entry) {
    return Long.parseLong(entry.substring(0, entry.indexOf(':')));
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

  /** Takes no further job and waits for the end of the running one, at most 20 s. */
  void stop() {
    scheduler.stop();
  }
}
