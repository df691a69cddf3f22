package io.fouriermasks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** On every database that the lab runs on. */
@ParameterizedClass
@EnumSource(TestDatabase.Product.class)
class UnfinishedJobsTest {

  private static final JobSpecification SPECIFICATION =
      JobSpecification.imageMasks("surfaces-compact-n", List.of("0123456789abcdef"));

  private final TestDatabase database;

  UnfinishedJobsTest(TestDatabase.Product product) {
    database = product.open();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Job insert(Actor by, int most) {
    return database.jobs.insert(SPECIFICATION, "surfaces-compact-n", by, most);
  }

  @Test
  void what_waits_runs_or_is_paused_counts_and_what_has_ended_does_not() {
    Actor anna = new Actor("anna");
    Job paused = insert(anna, 3);
    database.begin(paused.id());
    database.end(paused.id(), JobState.PAUSED);
    Job running = insert(anna, 3);
    database.begin(running.id());
    insert(anna, 3);

    assertThatThrownBy(() -> insert(anna, 3))
        .isInstanceOf(TooManyJobsException.class)
        .hasMessageContaining("You have 3 now (1 queued, 1 running, 1 paused)");
    assertThat(database.jobs.unfinished(anna)).isEqualTo(3);
    database.end(running.id(), JobState.SUCCEEDED);
    insert(anna, 3);
    insert(new Actor("bert"), 3);
    assertThat(database.jobs.unfinishedByMaker()).isEqualTo(Map.of("anna", 3L, "bert", 1L));
  }

  @Test
  void where_nobody_is_told_from_others_there_is_no_limit() {
    insert(Actor.LOCAL, 1);
    insert(Actor.LOCAL, 1);
    assertThat(database.jobs.unfinished(Actor.LOCAL)).isZero();
    Actor anna = new Actor("anna");
    insert(anna, 0);
    insert(anna, 0);
    assertThat(database.jobs.unfinished(anna)).isEqualTo(2);
  }

  @Test
  void requests_at_the_same_moment_do_not_find_room_for_more() throws Exception {
    new Users(database.jdbi, database.clock).add("anna", Role.RESEARCHER, Actor.FIRST);
    Actor anna = new Actor("anna");
    ExecutorService clients = Executors.newFixedThreadPool(8);
    try {
      List<Future<Job>> all =
          IntStream.range(0, 8).mapToObj(i -> clients.submit(() -> insert(anna, 3))).toList();
      for (Future<Job> one : all) {
        try {
          one.get();
        } catch (ExecutionException e) {
          assertThat(e).hasCauseInstanceOf(TooManyJobsException.class);
        }
      }
    } finally {
      clients.shutdownNow();
    }
    assertThat(database.jobs.unfinished(anna)).isEqualTo(3);
  }
}
