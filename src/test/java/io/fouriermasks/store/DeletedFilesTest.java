package io.fouriermasks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fouriermasks.store.DeletedFiles.Thing;
import io.fouriermasks.store.FileUses.Use;
import io.fouriermasks.store.UserStorage.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeletedFilesTest {

  private static final Actor ANNA = new Actor("anna");
  private static final Thing MODEL =
      new Thing(Kind.MODEL, "mine-compact-n", "Compact (mine)", "models/mine/n.safetensors", "1");
  private static final Thing DATASET =
      new Thing(Kind.DATASET, "datasets:my_walls", "my_walls", "datasets/my_walls", null);
  private static final DeletedFiles.GivenUp ONE = new DeletedFiles.GivenUp(1, 7);
  private static final DeletedFiles.GivenUp NONE = new DeletedFiles.GivenUp(0, 0);

  private static void anybody(String maker) {}

  /** Gives up what was deleted until now; its files have seven bytes. */
  private static DeletedFiles.GivenUp giveUp(TestDatabase database, Thing thing, boolean copied) {
    return new DeletedFiles(database.jdbi, database.clock)
        .giveUp(
            thing.kind(),
            database.clock.instant(),
            given -> {
              assertThat(given).isEqualTo(thing);
              return OptionalLong.of(7);
            },
            copied);
  }

  private static DeletedFiles files(TestDatabase database) {
    database.models.replaceAll(List.of(TestDatabase.model(MODEL.id())));
    return new DeletedFiles(database.jdbi, database.clock);
  }

  private static long training(TestDatabase database, String dataset) {
    return database
        .jobs
        .insert(
            new JobSpecification.TrainModel(
                "compact", "n", dataset, "mine", "quick", 1, 2, 0.1, 0.5, 3L),
            MODEL.id(),
            ANNA)
        .id();
  }

  @ParameterizedTest
  @EnumSource
  void a_deleted_model_is_not_available_until_it_is_restored(TestDatabase.Product product) {
    try (TestDatabase database = product.open()) {
      DeletedFiles files = files(database);
      new UserStorage(database.jdbi, Optional.empty()).keep(Kind.MODEL, MODEL.id(), "anna", 10);

      files.delete(MODEL, ANNA, maker -> assertThat(maker).isEqualTo("anna"));

      assertThat(database.models.available()).isEmpty();
      assertThat(database.models.find(MODEL.id())).isPresent();
      assertThat(files.ids(Kind.MODEL)).containsExactly(MODEL.id());
      assertThat(files.isRestorable(Kind.MODEL, MODEL.id())).isTrue();
      assertThat(files.list(Kind.MODEL, 9))
          .containsExactly(
              new DeletedFiles.Deleted(MODEL, database.clock.instant(), "anna", "anna"));
      assertThat(files.list(Kind.DATASET, 9)).isEmpty();
      assertThatThrownBy(() -> files.delete(MODEL, ANNA, DeletedFilesTest::anybody))
          .isInstanceOf(UnknownIdException.class);

      files.restore(Kind.MODEL, MODEL.id(), ANNA, DeletedFilesTest::anybody);

      assertThat(database.models.available()).hasSize(1);
      assertThat(files.ids(Kind.MODEL)).isEmpty();
      assertThatThrownBy(
              () -> files.restore(Kind.MODEL, MODEL.id(), ANNA, DeletedFilesTest::anybody))
          .isInstanceOf(UnknownIdException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_model_stays_as_long_as_a_job_but_its_own_training_or_a_mask_needs_it(
      TestDatabase.Product product) {
    try (TestDatabase database = product.open()) {
      DeletedFiles files = files(database);
      long training = training(database, "datasets:walls");
      assertThat(files.use(Kind.MODEL, MODEL.id())).isEqualTo(new Use(List.of(training), 0, 0));
      database.begin(training);
      database.end(training, JobState.SUCCEEDED);
      assertThat(files.use(Kind.MODEL, MODEL.id()).isNothing()).isTrue();

      long masks =
          database
              .jobs
              .insert(JobSpecification.imageMasks(MODEL.id(), List.of("i")), MODEL.id(), ANNA)
              .id();
      assertThatThrownBy(() -> files.delete(MODEL, ANNA, DeletedFilesTest::anybody))
          .isInstanceOf(InUseException.class)
          .hasMessageContaining("delete first what was made with it, job " + masks);

      DeletedJobs jobs = new DeletedJobs(database.jdbi, database.clock, database.json);
      jobs.delete(masks, ANNA, any -> {});
      files.delete(MODEL, ANNA, DeletedFilesTest::anybody);
      database.clock.advance(Duration.ofDays(2));
      assertThat(giveUp(database, MODEL, false)).as("its job can come back").isEqualTo(NONE);
      jobs.restore(masks, ANNA, any -> {});
      assertThat(database.models.available()).as("with its job").hasSize(1);

      jobs.delete(masks, ANNA, any -> {});
      files.delete(MODEL, ANNA, DeletedFilesTest::anybody);
      database.clock.advance(Duration.ofDays(2));
      jobs.remove(masks, database.clock.instant());
      assertThat(giveUp(database, MODEL, false)).isEqualTo(ONE);
      assertThat(database.models.find(MODEL.id())).isEmpty();
      assertThat(database.jobs.get(training).model()).isEqualTo(MODEL.id());
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_is_given_up_is_remembered_only_where_machines_have_copies(
      TestDatabase.Product product) {
    try (TestDatabase database = product.open()) {
      DeletedFiles files = files(database);
      UserStorage storage = new UserStorage(database.jdbi, Optional.empty());
      storage.keep(Kind.MODEL, MODEL.id(), "anna", 10);
      files.delete(MODEL, ANNA, DeletedFilesTest::anybody);
      assertThat(giveUp(database, MODEL, true)).as("not before its day is over").isEqualTo(NONE);
      assertThat(storage.of(ANNA)).isEqualTo(10);

      database.clock.advance(Duration.ofDays(2));
      assertThat(giveUp(database, MODEL, true)).isEqualTo(ONE);
      assertThat(storage.of(ANNA)).isZero();
      assertThat(files.remembered(Kind.MODEL)).containsExactly(MODEL);
      assertThat(files.list(Kind.MODEL, 9)).isEmpty();
      assertThat(files.isRestorable(Kind.MODEL, MODEL.id())).isFalse();
      assertThat(files.ids(Kind.MODEL)).containsExactly(MODEL.id());
      assertThat(giveUp(database, MODEL, true)).isEqualTo(NONE);
      files.forget(Kind.MODEL, MODEL.id());
      assertThat(files.ids(Kind.MODEL)).isEmpty();

      files.delete(DATASET, ANNA, DeletedFilesTest::anybody);
      database.clock.advance(Duration.ofDays(2));
      assertThat(giveUp(database, DATASET, false)).isEqualTo(ONE);
      assertThat(files.remembered(Kind.DATASET)).isEmpty();
      assertThat(files.ids(Kind.DATASET)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_lies_on_another_machine_is_that_machines_to_give_up(TestDatabase.Product product) {
    try (TestDatabase database = product.open()) {
      DeletedFiles files = files(database);
      files.delete(DATASET, ANNA, DeletedFilesTest::anybody);
      database.clock.advance(Duration.ofDays(2));
      assertThat(
              files.giveUp(
                  Kind.DATASET, database.clock.instant(), thing -> OptionalLong.empty(), false))
          .isEqualTo(NONE);
      assertThat(files.ids(Kind.DATASET)).containsExactly(DATASET.id());
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_deleted_model_stays_hidden_when_the_folders_are_looked_through(
      TestDatabase.Product product) {
    try (TestDatabase database = product.open()) {
      DeletedFiles files = files(database);
      files.delete(MODEL, ANNA, DeletedFilesTest::anybody);
      database.models.replaceAll(List.of(TestDatabase.model(MODEL.id())));
      assertThat(database.models.available()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_dataset_stays_until_the_jobs_that_need_it_have_ended(TestDatabase.Product product) {
    try (TestDatabase database = product.open()) {
      DeletedFiles files = files(database);
      training(database, "datasets:myxwalls"); // another one, whatever an underscore means to SQL
      long job = training(database, DATASET.id());
      assertThat(files.use(Kind.DATASET, DATASET.id())).isEqualTo(new Use(List.of(job), 0, 0));
      assertThatThrownBy(() -> files.delete(DATASET, ANNA, DeletedFilesTest::anybody))
          .isInstanceOf(InUseException.class)
          .hasMessageContaining("job " + job + " needs it");

      database.begin(job);
      database.end(job, JobState.SUCCEEDED);
      assertThat(files.use(Kind.DATASET, DATASET.id())).isEqualTo(new Use(List.of(), 0, 1));
      files.delete(DATASET, ANNA, DeletedFilesTest::anybody);
      assertThat(files.ids(Kind.DATASET)).containsExactly(DATASET.id());
      database.clock.advance(Duration.ofDays(2));
      assertThat(giveUp(database, DATASET, false)).isEqualTo(ONE);
    }
  }
}
