package io.fouriermasks.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fouriermasks.store.Bucket;
import io.fouriermasks.store.EndReason;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobEvent;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.ObjectServer;
import io.fouriermasks.store.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobRunnerTest {

  @TempDir Path root;
  private JobFolders folders;
  private final TestDatabase database = new TestDatabase();
  private final JobFeed feed = new JobFeed();
  private final JobLog log =
      new JobLog(database.states, database.events, database.masks, database.heatMaps, feed);
  private final long id = database.jobs.insert(JobSpecification.imageMasks("m", List.of("i"))).id();

  @BeforeEach
  void folder() {
    folders = new JobFolders(root, Optional.empty());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void work_that_returns_has_succeeded() {
    List<JobState> during = new ArrayList<>();
    runner((job, isStopped) -> during.add(database.jobs.get(id).state())).run(id, entry(id));
    assertThat(during).containsExactly(JobState.RUNNING);
    assertThat(database.jobs.get(id))
        .returns(JobState.SUCCEEDED, Job::state)
        .returns(null, Job::reason)
        .returns(null, Job::error);
  }

  @Test
  void a_failure_that_is_meant_for_the_user_is_shown() {
    runner(
            (job, isStopped) -> {
              throw new JobFailedException("The weights are gone.");
            })
        .run(id, entry(id));
    assertThat(database.jobs.get(id))
        .returns(JobState.FAILED, Job::state)
        .returns(EndReason.ERROR, Job::reason)
        .returns("The weights are gone.", Job::error);
  }

  @Test
  void any_other_failure_is_told_in_a_neutral_sentence() {
    runner(
            (job, isStopped) -> {
              throw new IllegalStateException("io.secret.Thing");
            })
        .run(id, entry(id));
    assertThat(database.jobs.get(id).error())
        .isEqualTo("An unexpected error ended the job; the server's log has the details.");
  }

  @Test
  void a_lack_of_memory_says_what_to_change() {
    for (Throwable lack :
        List.of(
            new OutOfMemoryError("Java heap space"),
            new IllegalStateException(new RuntimeException("CUDA out of memory. Tried to")))) {
      long job = database.jobs.insert(JobSpecification.imageMasks("m", List.of("i"))).id();
      runner(
              (ignored, isStopped) -> {
                sneakyThrow(lack);
                return false;
              })
          .run(job, entry(job));
      assertThat(database.jobs.get(job).state()).isEqualTo(JobState.FAILED);
      assertThat(database.jobs.get(job).error()).contains("fewer images");
    }
  }

  @Test
  void a_cancelled_job_takes_no_further_step() {
    AtomicInteger steps = new AtomicInteger();
    JobRunner[] runner = new JobRunner[1];
    runner[0] =
        runner(
            (job, isStopped) -> {
              while (!isStopped.getAsBoolean()) {
                if (steps.incrementAndGet() == 5) {
                  runner[0].ask(id, JobState.CANCELLED);
                }
              }
              return false;
            });
    runner[0].run(id, entry(id));
    assertThat(steps).hasValue(5);
    assertThat(database.jobs.get(id))
        .returns(JobState.CANCELLED, Job::state)
        .returns(EndReason.CANCELLED, Job::reason);
  }

  @Test
  void a_job_whose_files_the_object_storage_does_not_take_is_paused_and_can_be_resumed() {
    ObjectServer.giveKeys();
    try (ObjectServer server = new ObjectServer();
        Bucket bucket = server.bucket()) {
      server.stop();
      runner(
              (job, isStopped) -> {
                bucket.check();
                return true;
              })
          .run(id, entry(id));
      assertThat(database.jobs.get(id))
          .returns(JobState.PAUSED, Job::state)
          .returns(EndReason.DISCONNECTED, Job::reason)
          .returns(JobRunner.NO_OBJECTS, Job::error);
      server.startAgain();
      database.states.decide(id, job -> Optional.of(JobState.QUEUED));
      runner(
              (job, isStopped) -> {
                bucket.check();
                return true;
              })
          .run(id, entry(id));
      assertThat(database.jobs.get(id).state()).isEqualTo(JobState.SUCCEEDED);
    }
  }

  @Test
  void a_paused_job_takes_no_further_step_and_keeps_its_checkpoint() throws Exception {
    Path checkpoint = folders.checkpoint(id, "mask").path();
    Files.createDirectories(checkpoint.getParent());
    Files.writeString(checkpoint, "where it was");
    JobRunner[] runner = new JobRunner[1];
    runner[0] =
        runner(
            (job, isStopped) -> {
              runner[0].ask(id, JobState.PAUSED);
              return !isStopped.getAsBoolean();
            });
    runner[0].run(id, entry(id));
    assertThat(database.jobs.get(id))
        .returns(JobState.PAUSED, Job::state)
        .returns(EndReason.REQUESTED, Job::reason)
        .returns(null, Job::finishedAt);
    assertThat(checkpoint).exists();

    database.states.decide(id, job -> Optional.of(JobState.QUEUED));
    runner[0] = runner((job, isStopped) -> !isStopped.getAsBoolean());
    runner[0].run(id, entry(id));
    assertThat(database.jobs.get(id).state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(checkpoint).doesNotExist();
  }

  @Test
  void a_job_that_is_made_has_succeeded_whoever_wanted_to_stop_it() {
    JobRunner[] runner = new JobRunner[1];
    runner[0] =
        runner(
            (job, isStopped) -> {
              runner[0].ask(id, JobState.CANCELLED);
              return true;
            });
    runner[0].run(id, entry(id));
    assertThat(database.jobs.get(id).state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void a_job_that_the_end_of_the_program_stops_is_queued_again() {
    AtomicInteger steps = new AtomicInteger();
    JobRunner[] runner = new JobRunner[1];
    runner[0] =
        runner(
            (job, isStopped) -> {
              while (!isStopped.getAsBoolean()) {
                if (steps.incrementAndGet() == 3) {
                  runner[0].shutDown();
                }
              }
              return false;
            });
    runner[0].run(id, entry(id));
    assertThat(steps).hasValue(3);
    assertThat(database.jobs.get(id))
        .returns(JobState.QUEUED, Job::state)
        .returns(EndReason.STOPPED, Job::reason)
        .returns(JobRunner.INTERRUPTED, Job::error);
  }

  @Test
  void a_job_that_is_overtaken_or_stopped_is_given_again_and_one_that_has_ended_is_not() {
    JobRunner[] runner = new JobRunner[1];
    runner[0] =
        runner(
            (job, isStopped) -> {
              runner[0].overtake(id);
              return !isStopped.getAsBoolean();
            });
    assertThat(runner[0].run(id, entry(id))).isEqualTo(JobRunner.Afterwards.AGAIN);
    assertThat(database.jobs.get(id))
        .returns(JobState.QUEUED, Job::state)
        .returns(EndReason.OVERTAKEN, Job::reason)
        .returns("here:1", Job::worker);
    assertThat(runner((job, isStopped) -> true).run(id, entry(id)))
        .isEqualTo(JobRunner.Afterwards.FORGET);
    assertThat(database.jobs.get(id).state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void cancelling_wins_over_whatever_else_stops_a_job() {
    JobRunner[] runner = new JobRunner[1];
    runner[0] =
        runner(
            (job, isStopped) -> {
              runner[0].overtake(id);
              runner[0].ask(id, JobState.CANCELLED);
              runner[0].ask(id, JobState.PAUSED);
              return false;
            });
    assertThat(runner[0].run(id, entry(id))).isEqualTo(JobRunner.Afterwards.FORGET);
    assertThat(database.jobs.get(id).state()).isEqualTo(JobState.CANCELLED);
  }

  @Test
  void a_worker_that_was_taken_for_dead_stores_nothing_any_more() {
    String entry = entry(id);
    List<JobRunner.Afterwards> others = new ArrayList<>();
    JobRunner late =
        runner(
            (job, isStopped) -> {
              // meanwhile the queue has given the same entry to another worker, which is quick
              others.add(runner((taken, never) -> true).run(id, entry));
              log.append(job.lease(), List.of(point()));
              return true;
            });
    assertThat(late.run(id, entry)).isEqualTo(JobRunner.Afterwards.FORGET);
    assertThat(others).containsExactly(JobRunner.Afterwards.FORGET);
    assertThat(database.jobs.get(id))
        .returns(JobState.SUCCEEDED, Job::state)
        .returns(2L, Job::begun);
    assertThat(database.events.after(id, 0, 10))
        .noneMatch(event -> event.kind() == JobEvent.Kind.POINT);
  }

  @Test
  void a_job_goes_on_when_the_database_is_back() {
    JobRunner runner =
        runner(
            (job, isStopped) -> {
              throw new IllegalStateException(new SQLException("terminating connection", "57P01"));
            });
    assertThat(runner.run(id, entry(id))).isEqualTo(JobRunner.Afterwards.AGAIN);
    assertThat(database.jobs.get(id))
        .returns(JobState.QUEUED, Job::state)
        .returns(EndReason.DISCONNECTED, Job::reason);
    assertThat(database.events.interruptions(id)).isZero();
  }

  @Test
  void a_job_that_was_cancelled_while_it_waited_is_not_run() {
    database.states.decide(id, job -> Optional.of(JobState.CANCELLED));
    runner(
            (job, isStopped) -> {
              throw new AssertionError("must not run");
            })
        .run(id, entry(id));
    assertThat(database.jobs.get(id).state()).isEqualTo(JobState.CANCELLED);
  }

  @Test
  void followers_hear_of_every_change() {
    List<Long> seen = new ArrayList<>();
    try (JobFeed.Subscription subscription =
        feed.follow(List.of(id), () -> seen.add(database.events.lastSeq(id)))) {
      runner(
              (job, isStopped) -> {
                log.append(job.lease(), List.of(point()));
                return true;
              })
          .run(id, entry(id));
    }
    assertThat(seen).containsExactly(2L, 3L, 4L);
    log.append(database.jobs.get(id).lease(), List.of(point()));
    assertThat(seen).hasSize(3);
  }

  @Test
  void a_checkpoint_outlives_only_a_failed_job() throws Exception {
    Path checkpoint = folders.checkpoint(id, "mask").path();
    Files.createDirectories(checkpoint.getParent());
    Files.writeString(checkpoint, "where it was");
    runner(
            (job, isStopped) -> {
              throw new JobFailedException("no");
            })
        .run(id, entry(id));
    assertThat(checkpoint).exists();
    long again = database.jobs.insert(JobSpecification.imageMasks("m", List.of("i"))).id();
    folders.handOver(id, again);
    assertThat(checkpoint).doesNotExist();
    assertThat(folders.checkpoint(again, "mask").path()).hasContent("where it was");
    runner((job, isStopped) -> true).run(again, entry(again));
    assertThat(folders.checkpoint(again, "mask").path().getParent()).doesNotExist();
  }

  /** A new entry of the queue, which stands for the job from now on. */
  private String entry(long job) {
    String entry = job + ":" + UUID.randomUUID();
    database.states.enter(job, entry);
    return entry;
  }

  private JobRunner runner(JobWork work) {
    return new JobRunner(log, feed, work, folders, new Worker("here", 1, true));
  }

  private static JobEvent.Draft point() {
    return new JobEvent.Draft(JobEvent.Kind.POINT, 0, 1, "{}");
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneakyThrow(Throwable e) throws E {
    throw (E) e;
  }
}
