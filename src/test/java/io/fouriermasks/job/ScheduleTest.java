package io.fouriermasks.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fouriermasks.training.ImageStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Which steps become points and previews, and what is told of the progress. */
class ScheduleTest {

  private final AtomicLong nanos = new AtomicLong();

  @Test
  void points_become_rarer_as_a_training_goes_on() {
    assertThat(IntStream.rangeClosed(1, 200).filter(PointSchedule::keeps).count()).isEqualTo(200);
    assertThat(IntStream.rangeClosed(201, 2000).filter(PointSchedule::keeps).count())
        .isEqualTo(360);
    assertThat(IntStream.rangeClosed(2001, 20_000).filter(PointSchedule::keeps).count())
        .isEqualTo(720);
  }

  @Test
  void previews_are_made_at_growing_distances() {
    PreviewSchedule schedule = new PreviewSchedule(1, nanos::get);
    List<Integer> due = new ArrayList<>();
    for (int step = 1; step <= 300; step++) {
      nanos.addAndGet(1_000_000_000);
      if (schedule.isDue(0, step)) {
        due.add(step);
      }
    }
    assertThat(due)
        .startsWith(10, 20, 30)
        .containsSequence(100, 110, 121, 133, 146)
        .doesNotHaveDuplicates();
  }

  @Test
  void previews_are_made_at_most_twice_a_second_and_of_the_first_images_only() {
    PreviewSchedule schedule = new PreviewSchedule(20, nanos::get);
    assertThat(schedule.isDue(15, 10)).isTrue();
    assertThat(schedule.isDue(16, 10)).isFalse();
    PreviewSchedule one = new PreviewSchedule(1, nanos::get);
    assertThat(one.isDue(0, 10)).isTrue();
    assertThat(one.isDue(0, 5000)).isFalse();
    nanos.addAndGet(500_000_000);
    assertThat(one.isDue(0, 5000)).isTrue();
  }

  @Test
  void progress_is_told_twice_a_second_with_the_time_left() {
    ProgressMeter meter = new ProgressMeter(1, 1000, 300, Set.of(), nanos::get);
    List<JobProgress> told = new ArrayList<>();
    for (int step = 1; step <= 100; step++) {
      nanos.addAndGet(100_000_000); // 10 steps a second
      meter.step(step(0, step, step > 60 ? step - 60 : 0)).ifPresent(told::add);
    }
    assertThat(told).hasSize(20);
    JobProgress moving = told.get(9);
    assertThat(moving.step()).isEqualTo(50);
    assertThat(moving.stepsPerSecond()).isCloseTo(10, Offset.offset(0.01));
    assertThat(moving.secondsLeft()).isNull();
    assertThat(moving.secondsLeftAtMost()).isCloseTo(95, Offset.offset(0.1));
    JobProgress quiet = told.get(19);
    assertThat(quiet.quietSteps()).isEqualTo(40);
    assertThat(quiet.secondsLeft()).isCloseTo(26, Offset.offset(0.1));
  }

  @Test
  void images_that_wait_count_for_the_time_left() {
    ProgressMeter meter = new ProgressMeter(3, 100, 300, Set.of(), nanos::get);
    nanos.addAndGet(1_000_000_000);
    Optional<JobProgress> first = meter.step(step(0, 10, 5));
    assertThat(first).isPresent();
    assertThat(first.get().secondsLeft()).isNull();
    assertThat(first.get().secondsLeftAtMost()).isCloseTo(290, Offset.offset(0.1));
    assertThat(meter.finished(0).done()).isEqualTo(1);
  }

  private static ImageStep step(int image, int step, int quiet) {
    return new ImageStep(image, step, 0, 1, 0.01, 0, 1, quiet);
  }
}
