package io.fouriermasks.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fouriermasks.store.Throughputs.Throughput;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SpeedMeterTest {

  private final AtomicLong nanos = new AtomicLong();
  private final SpeedMeter meter = new SpeedMeter(nanos::get);

  private void steps(long done, double atSecond) {
    nanos.set((long) (atSecond * 1e9));
    meter.progressed(JobProgress.of(JobProgress.Phase.TRAINING, "step", done, 1000, null));
  }

  private void images(int imagesDone, int step, double atSecond) {
    nanos.set((long) (atSecond * 1e9));
    meter.progressed(
        new JobProgress(
            JobProgress.Phase.TRAINING,
            "mask",
            imagesDone,
            3,
            step,
            1000,
            null,
            null,
            0,
            300,
            1.0,
            null,
            null));
  }

  @Test
  void steps_are_divided_by_their_time() {
    nanos.set(0);
    meter.progressed(JobProgress.of(JobProgress.Phase.DECODING, "picture", 5, 10, null));
    steps(10, 30);
    steps(60, 32);
    steps(110, 35);
    assertThat(meter.measured(8)).contains(new Throughput(8, 100, 5));
  }

  @Test
  void a_stretch_ends_when_an_image_is_done() {
    images(0, 10, 0);
    images(0, 110, 4);
    images(1, 150, 5);
    images(1, 170, 6);
    assertThat(meter.measured(3)).contains(new Throughput(3, 100, 4));
  }

  @Test
  void the_next_mask_of_a_class_begins_anew() {
    steps(900, 0);
    steps(1000, 2.5);
    steps(5, 3);
    steps(205, 8);
    assertThat(meter.measured(1)).contains(new Throughput(1, 200, 5));
  }

  @Test
  void what_is_too_short_tells_nothing() {
    steps(0, 0);
    steps(500, 1.9);
    assertThat(meter.measured(1)).isEmpty();
    steps(15, 2);
    steps(19, 9);
    assertThat(meter.measured(1)).isEmpty();
  }
}
