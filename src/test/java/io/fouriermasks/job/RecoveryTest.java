package io.fouriermasks.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fouriermasks.api.LabFolder;
import io.fouriermasks.api.TestPictures;
import io.fouriermasks.store.Actor;
import io.fouriermasks.store.EndReason;
import io.fouriermasks.store.Image;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.JobStates;
import io.fouriermasks.store.Jobs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a start finds of the process before it. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
class RecoveryTest {

  @Inject Recovery recovery;
  @Inject Jobs jobs;
  @Inject JobStates states;
  @Inject ImageIntake intake;

  @Test
  void what_was_running_and_what_was_waiting_is_run() {
    long running = insert("a.png", 71);
    begin(running); // as a process that ends suddenly leaves it
    long waiting = insert("b.png", 72);

    recovery.start();

    await().atMost(Duration.ofSeconds(60)).until(() -> jobs.get(waiting).state().isFinal());
    assertThat(jobs.get(waiting).state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(jobs.get(running).state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(reasons(running)).containsOnlyOnce(EndReason.INTERRUPTED);
    assertThat(reasons(waiting)).doesNotContain(EndReason.INTERRUPTED);
  }

  @Test
  void a_job_that_kills_the_program_again_and_again_is_given_up() {
    long deadly = insert("c.png", 73);
    for (int time = 1; time < JobRunner.MOST_INTERRUPTIONS; time++) {
      begin(deadly);
      states.recover(deadly, JobRunner::left);
    }
    begin(deadly);

    recovery.start();

    assertThat(jobs.get(deadly))
        .returns(JobState.FAILED, Job::state)
        .returns(EndReason.INTERRUPTED, Job::reason);
    assertThat(jobs.get(deadly).error()).contains("each of the last 3 times");
  }

  private List<EndReason> reasons(long job) {
    return jobs.history(job).stream().map(moment -> moment.job().reason()).toList();
  }

  private void begin(long job) {
    states.enter(job, "an entry of the process before");
    states.begin(job, "an entry of the process before", "gone:1", JobRunner::left);
  }

  private long insert(String name, long seed) {
    IntakeResult taken = intake.take(name, TestPictures.noise(20, 20, seed, "png"), Actor.LAB);
    Image image = ((IntakeResult.Stored) taken).image();
    return jobs.insert(
            new JobSpecification.ImageMasks(
                LabFolder.MODEL, List.of(image.id()), false, "paper", 3, 31L))
        .id();
  }
}
