package io.fouriermasks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** On every database that the lab runs on. */
@ParameterizedClass
@EnumSource(TestDatabase.Product.class)
class UserStorageTest {

  private static final Actor ANNA = new Actor("anna");
  private static final Actor BERT = new Actor("bert");

  private final TestDatabase database;

  UserStorageTest(TestDatabase.Product product) {
    database = product.open();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private UserStorage storage(long most) {
    return new UserStorage(database.jdbi, Optional.of(most));
  }

  private void photograph(String id, long bytes, Actor by) {
    database.images.store(
        new Image(
            id,
            id + ".jpg",
            500,
            375,
            "a".repeat(64),
            "b".repeat(64),
            database.clock.instant(),
            by.asMaker()),
        bytes,
        by);
  }

  private long job(long bytes, Actor by) {
    long id = database.jobs.insert(JobSpecification.imageMasks("m", List.of("i")), "m", by).id();
    database.events.made(database.begin(id).lease(), bytes);
    database.end(id, JobState.SUCCEEDED);
    return id;
  }

  @Test
  void what_counts_is_photographs_what_jobs_made_models_and_datasets() {
    UserStorage storage = storage(1_000);
    photograph("one", 100, ANNA);
    job(20, ANNA);
    job(30, ANNA);
    storage.keep(UserStorage.Kind.MODEL, "m", "anna", 3);
    storage.keep(UserStorage.Kind.DATASET, "m", "anna", 4);
    photograph("two", 200, BERT);
    // known already: it is kept once
    photograph("two", 200, ANNA);
    photograph("three", 500, Actor.LOCAL);
    job(500, Actor.LOCAL);

    assertThat(storage.of(ANNA)).isEqualTo(157);
    assertThat(storage.of(BERT)).isEqualTo(200);
    assertThat(storage.of(Actor.LOCAL)).isZero();
    assertThat(storage.of(new Actor("carl"))).isZero();
    assertThat(storage.byMaker()).isEqualTo(Map.of("anna", 157L, "bert", 200L));
  }

  @Test
  void a_model_of_the_name_of_one_that_is_gone_counts_once() {
    UserStorage storage = storage(1_000);
    storage.keep(UserStorage.Kind.MODEL, "m", "anna", 3);
    storage.keep(UserStorage.Kind.MODEL, "m", "bert", 5);
    storage.keep(UserStorage.Kind.MODEL, "of nobody", null, 5);
    assertThat(storage.byMaker()).isEqualTo(Map.of("bert", 5L));
  }

  @Test
  void who_would_have_too_much_is_told_so_and_others_are_not() {
    UserStorage storage = storage(2_000_000);
    photograph("one", 1_900_000, ANNA);
    storage.require(ANNA, 100_000);
    assertThatThrownBy(() -> storage.require(ANNA, 100_001))
        .isInstanceOf(StorageFullException.class)
        .hasMessage(
            "You may keep 2.0 MB in this lab and have 1.9 MB, of photographs, of what your jobs"
                + " made, of models and datasets. Delete what you do not need, or ask"
                + " an administrator of the lab for more.");
    storage.require(BERT, 2_000_000);
    storage.require(Actor.LOCAL, 3_000_000);
    assertThatCode(() -> new UserStorage(database.jdbi, Optional.empty()).require(ANNA, 1L << 60))
        .doesNotThrowAnyException();
    assertThatCode(() -> storage(0).require(ANNA, 1L << 60)).doesNotThrowAnyException();
  }

  @Test
  void a_deleted_job_counts_until_it_is_removed() {
    UserStorage storage = storage(1_000);
    DeletedJobs deleted = new DeletedJobs(database.jdbi, database.clock, database.json);
    long id = job(70, ANNA);
    deleted.delete(id, ANNA, job -> {});
    assertThat(storage.of(ANNA)).isEqualTo(70);
    database.clock.advance(Duration.ofDays(1));
    deleted.remove(id, database.clock.instant());
    assertThat(storage.of(ANNA)).isZero();
  }

  @Test
  void what_was_removed_of_a_job_counts_no_more_and_a_worker_that_lost_it_adds_nothing() {
    UserStorage storage = storage(1_000);
    long id = job(70, ANNA);
    storage.removed(id, 30);
    database.events.made(new Lease(id, 0), 500);
    assertThat(storage.of(ANNA)).isEqualTo(40);
    storage.removed(id, 50);
    assertThat(storage.of(ANNA)).isZero();
  }
}
