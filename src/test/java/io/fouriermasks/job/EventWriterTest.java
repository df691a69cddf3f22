package io.fouriermasks.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fouriermasks.store.JobEvent;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.Lease;
import io.fouriermasks.store.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventWriterTest {

  private final TestDatabase database = new TestDatabase();
  private final JobLog log =
      new JobLog(
          database.states, database.events, database.masks, database.heatMaps, new JobFeed());
  private final long job =
      database.jobs.insert(JobSpecification.imageMasks("m", List.of("i"))).id();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void everything_is_stored_in_its_order_before_the_writer_is_closed() {
    List<Long> before = new ArrayList<>();
    try (EventWriter writer = new EventWriter(log, new Lease(job, 0), Duration.ofHours(1))) {
      for (int step = 1; step <= 1000; step++) {
        int number = step;
        writer.event(() -> point(number));
        if (step == 600) {
          writer.run(() -> before.add(database.events.lastSeq(job)));
        }
      }
    }
    assertThat(before).containsExactly(601L); // one state, 600 points
    assertThat(database.events.after(job, 1, 2000))
        .extracting(JobEvent::step)
        .isEqualTo(IntStream.rangeClosed(1, 1000).boxed().toList());
  }

  @Test
  void a_failure_is_told_at_the_end_and_does_not_block_the_training() {
    EventWriter writer = new EventWriter(log, new Lease(job, 0), Duration.ofMillis(1));
    writer.run(
        () -> {
          throw new IllegalStateException("the disk is full");
        });
    for (int step = 0; step < 30_000; step++) {
      int number = step;
      writer.event(() -> point(number));
    }
    assertThatThrownBy(writer::close).hasMessage("the disk is full");
    assertThat(writer.hasFailed()).isTrue();
  }

  private static JobEvent.Draft point(int step) {
    return new JobEvent.Draft(JobEvent.Kind.POINT, 0, step, "{}");
  }
}
