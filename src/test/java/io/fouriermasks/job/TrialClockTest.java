package io.fouriermasks.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fouriermasks.store.Throughputs.Throughput;
import io.fouriermasks.training.ImageStep;
import io.fouriermasks.training.ModelBatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TrialClockTest {

  private final AtomicLong nanos = new AtomicLong(7_000_000_000L);
  private final TrialClock clock = new TrialClock(nanos::get);

  @Test
  void the_first_step_is_not_part_of_the_speed_and_some_seconds_are_enough() {
    pass(3);
    clock.onProgress(1);
    pass(2);
    clock.onProgress(5);
    assertThat(clock.isCancelled()).isFalse();
    pass(4);
    clock.onProgress(13);
    assertThat(clock.isCancelled()).isTrue();
    assertThat(clock.measured(8)).contains(new Throughput(8, 12, 6));
  }

  @Test
  void masks_of_images_that_are_trained_together_are_counted_once() {
    for (int step = 1; step <= 3; step++) {
      clock.onImageStep(imageStep(0, step));
      pass(1);
      clock.onImageStep(imageStep(1, step));
    }
    assertThat(clock.measured(2)).contains(new Throughput(2, 2, 2));
  }

  @Test
  void batches_count_over_the_ends_of_epochs() {
    clock.onModelBatch(batch(1, 4));
    pass(3);
    clock.onModelBatch(batch(2, 2));
    assertThat(clock.measured(16)).contains(new Throughput(16, 2, 3));
  }

  @Test
  void one_slow_step_is_waited_for_but_not_for_ever() {
    clock.onProgress(1);
    pass(20);
    assertThat(clock.isCancelled()).isFalse();
    pass(40);
    assertThat(clock.isCancelled()).isTrue();
    assertThat(clock.measured(1)).isEmpty();
  }

  private void pass(int seconds) {
    nanos.addAndGet(seconds * 1_000_000_000L);
  }

  private static ImageStep imageStep(int image, int step) {
    return new ImageStep(image, step, 0, 1, 0.1, 0, 1, 0);
  }

  private static ModelBatch batch(int epoch, int number) {
    return new ModelBatch(epoch, number, 4, 5, 16, 1, 0.1);
  }
}
