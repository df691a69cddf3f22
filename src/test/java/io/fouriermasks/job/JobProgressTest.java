package io.fouriermasks.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fouriermasks.job.JobProgress.Phase;
import org.junit.jupiter.api.Test;

/** How much of a job is done, as its study counts it. */
class JobProgressTest {

  private static JobProgress masks(long done, int step, int quietSteps) {
    return new JobProgress(
        Phase.TRAINING, "mask", done, 4, step, 1000, null, null, quietSteps, 300, 9.0, null, null);
  }

  @Test
  void images_that_are_trained_side_by_side_are_under_way_before_the_first_is_done() {
    assertThat(masks(0, 500, 0).share()).isEqualTo(0.5);
    // quiet steps lead to the end sooner than the limit of steps
    assertThat(masks(0, 100, 150).share()).isEqualTo(0.5);
    assertThat(masks(2, 500, 0).share()).isEqualTo(0.75);
    assertThat(masks(4, 500, 0).share()).isEqualTo(1);
  }

  @Test
  void making_the_pictures_ready_is_no_progress_of_the_work() {
    assertThat(JobProgress.of(Phase.DECODING, "image", 3, 4, null).share()).isZero();
    assertThat(JobProgress.of(Phase.MEASURING, "frequency", 3, 4, null).share()).isEqualTo(0.75);
  }
}
