package io.fouriermasks.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fouriermasks.api.SharedEvents.Shared;
import io.fouriermasks.job.JobFeed;
import io.fouriermasks.store.JobEvent;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.TestDatabase;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedEventsTest {

  private final TestDatabase database = new TestDatabase();
  private final JobFeed feed = new JobFeed();
  private final SharedEvents shared = new SharedEvents(database.events, feed);
  private final long job =
      database.jobs.insert(JobSpecification.imageMasks("m", List.of("a"))).id();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void readers_at_one_place_share_what_was_read_and_its_text() {
    append(1, 3);
    List<Shared> first = shared.after(job, 1);
    assertThat(shared.after(job, 1)).isSameAs(first).hasSize(3);
    AtomicInteger written = new AtomicInteger();
    for (int reader = 0; reader < 50; reader++) {
      assertThat(first.get(0).text(event -> "text" + written.incrementAndGet())).isEqualTo("text1");
    }
  }

  @Test
  void what_was_read_is_old_after_the_next_change() {
    append(1, 2);
    assertThat(shared.after(job, 1)).hasSize(2);
    append(3, 4);
    assertThat(shared.after(job, 1))
        .extracting(event -> event.event().step())
        .containsExactly(1, 2, 3, 4);
    assertThat(shared.after(job, 5)).isEmpty();
    append(5, 5);
    assertThat(shared.after(job, 5)).hasSize(1);
  }

  @Test
  void readers_at_many_places_each_get_their_own() {
    append(1, 40);
    for (int round = 0; round < 2; round++) {
      for (int seq = 1; seq <= 41; seq++) {
        assertThat(shared.after(job, seq)).hasSize(41 - seq);
      }
    }
  }

  @Test
  void a_full_batch_never_changes() {
    append(1, 700);
    List<Shared> full = shared.after(job, 1);
    assertThat(full).hasSize(SharedEvents.BATCH);
    append(701, 702);
    assertThat(shared.after(job, 1)).isSameAs(full);
  }

  private void append(int from, int to) {
    database.append(
        job,
        IntStream.rangeClosed(from, to)
            .mapToObj(step -> new JobEvent.Draft(JobEvent.Kind.POINT, 0, step, "{}"))
            .toList());
    feed.changed(job);
  }
}
