package io.fouriermasks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeletedImagesTest {

  private static final Actor ANNA = new Actor("anna");
  private static final String PICTURE = "a".repeat(64);
  private static final String INPUT = "b".repeat(64);

  private static Image stored(TestDatabase database, String id) {
    return database.images.store(
        new Image(id, id + ".png", 9, 9, PICTURE, INPUT, database.clock.instant(), "anna"), ANNA);
  }

  private static void anybody(Image image) {}

  @ParameterizedTest
  @EnumSource
  void what_is_deleted_is_out_of_sight_and_comes_back_as_it_was(TestDatabase.Product product) {
    try (TestDatabase database = product.open()) {
      DeletedImages deleted = new DeletedImages(database.jdbi, database.clock);
      Image image = stored(database, "00000000000000a1");
      Image other = stored(database, "00000000000000a2");

      deleted.delete(image.id(), ANNA, DeletedImagesTest::anybody);

      assertThat(database.images.find(image.id())).isEmpty();
      assertThat(database.images.known(List.of(image.id(), other.id()))).containsOnly(other.id());
      assertThat(database.images.list(Page.START, 9).items()).containsExactly(other);
      assertThat(database.images.byIds(List.of(image.id()))).containsValue(image);
      assertThat(deleted.list(9))
          .containsExactly(new DeletedImages.Deleted(image, database.clock.instant(), "anna"));
      assertThatThrownBy(() -> deleted.delete(image.id(), ANNA, DeletedImagesTest::anybody))
          .isInstanceOf(UnknownIdException.class);

      assertThat(deleted.restore(image.id(), ANNA, DeletedImagesTest::anybody)).isEqualTo(image);
      assertThat(database.images.list(Page.START, 9).items()).containsExactly(other, image);
      assertThat(deleted.list(9)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void one_that_a_job_is_about_is_neither_deleted_nor_removed(TestDatabase.Product product) {
    try (TestDatabase database = product.open()) {
      DeletedImages deleted = new DeletedImages(database.jdbi, database.clock);
      DeletedJobs jobs = new DeletedJobs(database.jdbi, database.clock, database.json);
      Image image = stored(database, "00000000000000b1");
      long job =
          database.jobs.insert(JobSpecification.imageMasks("model", List.of(image.id()))).id();

      assertThat(deleted.about(image.id())).isEqualTo(new DeletedImages.About(List.of(job), 0));
      assertThatThrownBy(() -> deleted.delete(image.id(), ANNA, DeletedImagesTest::anybody))
          .isInstanceOf(InUseException.class)
          .hasMessageContaining("job " + job);

      jobs.delete(job, ANNA, any -> {});
      deleted.delete(image.id(), ANNA, DeletedImagesTest::anybody);
      database.clock.advance(Duration.ofDays(2));
      assertThat(deleted.before(database.clock.instant())).containsExactly(image.id());
      assertThat(deleted.remove(image.id(), database.clock.instant())).isEmpty();

      jobs.remove(job, database.clock.instant());
      assertThat(deleted.remove(image.id(), database.clock.instant()))
          .contains(Set.of(PICTURE, INPUT));
      assertThat(database.images.byIds(List.of(image.id()))).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_job_that_is_restored_brings_its_photographs_back(TestDatabase.Product product) {
    try (TestDatabase database = product.open()) {
      DeletedImages deleted = new DeletedImages(database.jdbi, database.clock);
      DeletedJobs jobs = new DeletedJobs(database.jdbi, database.clock, database.json);
      Image image = stored(database, "00000000000000c1");
      long job =
          database.jobs.insert(JobSpecification.imageMasks("model", List.of(image.id()))).id();
      jobs.delete(job, ANNA, any -> {});
      deleted.delete(image.id(), ANNA, DeletedImagesTest::anybody);

      jobs.restore(job, ANNA, any -> {});

      assertThat(database.images.find(image.id())).contains(image);
    }
  }

  @ParameterizedTest
  @EnumSource
  void one_that_is_stored_again_comes_back(TestDatabase.Product product) {
    try (TestDatabase database = product.open()) {
      DeletedImages deleted = new DeletedImages(database.jdbi, database.clock);
      Image image = stored(database, "00000000000000d1");
      deleted.delete(image.id(), ANNA, DeletedImagesTest::anybody);

      assertThat(stored(database, image.id())).isEqualTo(image);

      assertThat(database.images.find(image.id())).contains(image);
      assertThat(deleted.remove(image.id(), database.clock.instant().plus(Duration.ofDays(9))))
          .isEmpty();
    }
  }
}
