package io.fouriermasks.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fouriermasks.store.JobEvent.Draft;
import io.fouriermasks.store.JobEvent.Kind;
import io.fouriermasks.training.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** On every database that the lab runs on. */
@ParameterizedClass
@EnumSource(TestDatabase.Product.class)
class JobEventsTest {

  private final TestDatabase database;
  private final JobEvents events;
  private long job;

  JobEventsTest(TestDatabase.Product product) {
    database = product.open();
    events = database.events;
  }

  @BeforeEach
  void submit() {
    job = database.jobs.insert(JobSpecification.imageMasks("m", List.of("i", "j"))).id();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void events_are_numbered_without_gaps_and_read_in_order() {
    assertThat(events.append(new Lease(job, 0), List.of(point(0, 1), point(1, 1)))).isEqualTo(3);
    assertThat(events.append(new Lease(job, 0), List.of(point(0, 2)))).isEqualTo(4);
    assertThat(events.after(job, 2, 10))
        .extracting(JobEvent::seq, JobEvent::image, JobEvent::step)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(3L, 1, 1),
            org.assertj.core.groups.Tuple.tuple(4L, 0, 2));
    assertThat(events.after(job, 1, 2)).extracting(JobEvent::seq).containsExactly(2L, 3L);
    assertThat(events.after(job, 4, 10)).isEmpty();
    assertThat(events.lastSeq(job)).isEqualTo(4);
  }

  @Test
  void writers_at_the_same_time_neither_clash_nor_leave_gaps() throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(4);
    List<Future<?>> written = new ArrayList<>();
    for (int writer = 0; writer < 4; writer++) {
      int image = writer;
      written.add(
          writers.submit(
              () -> {
                for (int step = 1; step <= 25; step++) {
                  events.append(new Lease(job, 0), List.of(point(image, step), point(image, step)));
                }
              }));
    }
    for (Future<?> future : written) {
      future.get();
    }
    writers.shutdown();
    assertThat(events.after(job, 0, 1000))
        .extracting(JobEvent::seq)
        .isEqualTo(LongStream.rangeClosed(1, 201).boxed().toList());
  }

  @Test
  void points_are_found_by_image_and_step() {
    events.append(
        new Lease(job, 0),
        List.of(point(0, 1), point(1, 1), point(0, 2), point(1, 2), point(0, 3)));
    assertThat(events.ofKind(job, Kind.POINT, null, JobEvents.Steps.ALL, Long.MAX_VALUE))
        .hasSize(5);
    assertThat(
            events.ofKind(
                job, Kind.POINT, 0, new JobEvents.Steps(2, Integer.MAX_VALUE), Long.MAX_VALUE))
        .extracting(JobEvent::step)
        .containsExactly(2, 3);
    assertThat(events.ofKind(job, Kind.POINT, null, JobEvents.Steps.ALL, 3)).hasSize(2);
  }

  @Test
  void the_newest_preview_of_each_image_is_found() {
    events.append(new Lease(job, 0), List.of(preview(0, 10), preview(1, 10), preview(0, 20)));
    assertThat(events.newestPreviews(job, Long.MAX_VALUE))
        .extracting(JobEvent::image, JobEvent::step)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(0, 20), org.assertj.core.groups.Tuple.tuple(1, 10));
    assertThat(events.newestPreviews(job, 3)).extracting(JobEvent::step).containsExactly(10, 10);
  }

  @Test
  void a_mask_and_its_event_are_published_together() {
    database.image("0123456789abcdef");
    database.models.replaceAll(List.of(TestDatabase.model("m")));
    Mask.ImageResult result =
        new Mask.ImageResult(
            1, "grass", 0, "brick", 0.4, 0.9, 0.25, 1e-7, 300, StopReason.CONVERGED, 12.5);
    Mask mask =
        database.masks.publish(
            new Lease(job, 0),
            new Masks.Made(
                1,
                "0123456789abcdef",
                null,
                "m",
                result,
                new Mask.Files("c".repeat(64), "d".repeat(64), "e".repeat(64))));

    assertThat(database.masks.get(mask.id())).isEqualTo(mask);
    assertThat(result.predictionKept()).isFalse();
    JobEvent event = events.after(job, 1, 10).get(0);
    assertThat(event.kind()).isEqualTo(Kind.ARTEFACT);
    assertThat(event.image()).isEqualTo(1);
    assertThat(event.data()).isEqualTo("{\"mask\":" + mask.id() + "}");
    assertThat(database.masks.ofJobs(List.of(job))).containsExactly(mask);
    assertThat(
            database
                .masks
                .list(new Masks.Filter(job, mask.image(), "m", null), Page.START, 5)
                .items())
        .containsExactly(mask);
    assertThat(database.masks.list(new Masks.Filter(null, null, "x", null), Page.START, 5).items())
        .isEmpty();
  }

  private static Draft point(int image, int step) {
    return new Draft(Kind.POINT, image, step, "{}");
  }

  private static Draft preview(int image, int step) {
    return new Draft(Kind.MASK, image, step, "{}");
  }
}
