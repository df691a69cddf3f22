package io.fouriermasks.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fouriermasks.api.LabFolder;
import io.fouriermasks.api.TestPictures;
import io.fouriermasks.store.EndReason;
import io.fouriermasks.store.Image;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.JobState;
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
  @Inject ImageIntake intake;

  @Test
  void what_was_running_is_interrupted_and_what_was_waiting_is_run() {
    Image image =
        ((IntakeResult.Stored) intake.take("a.png", TestPictures.noise(20, 20, 71, "png"))).image();
    JobSpecification specification =
        new JobSpecification.ImageMasks(
            LabFolder.MODEL, List.of(image.id()), false, "paper", 3, 31L);
    // as a process that ends suddenly leaves them
    long running = jobs.insert(specification).id();
    jobs.change(running, JobState.RUNNING);
    long waiting = jobs.insert(specification).id();

    recovery.run();

    assertThat(jobs.get(running))
        .returns(JobState.FAILED, Job::state)
        .returns(EndReason.INTERRUPTED, Job::reason)
        .returns(
            "The program ended while this job was running. Retry it to start again.", Job::error);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> jobs.get(waiting).state() == JobState.SUCCEEDED);
  }
}
