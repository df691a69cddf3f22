package io.fouriermasks.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fouriermasks.training.StopReason;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Masks of every kind, from jobs and from files. */
/** On every database that the lab runs on. */
@ParameterizedClass
@EnumSource(TestDatabase.Product.class)
class MasksTest {

  @Parameter TestDatabase.Product product;

  private static final String IMAGE = "0123456789abcdef";
  private static final Mask.Files FILES = new Mask.Files("c".repeat(64), "d".repeat(64), null);

  private static final Mask.ImageResult OF_IMAGE =
      new Mask.ImageResult(
          1, "grass", 1, "grass", 0.7, 0.9, 0.25, 1e-7, 300, StopReason.CONVERGED, 12.5);

  private static final Masks.Made MADE =
      new Masks.Made(0, IMAGE, Mask.ATTACKED, "m", OF_IMAGE, FILES);

  private static Mask.ModelResult ofModel(Integer label, String labelName) {
    return new Mask.ModelResult(
        label, labelName, 0.8, null, 40, 38, 0.125, null, 4800, StopReason.STEP_LIMIT, 1200);
  }

  private TestDatabase database() {
    TestDatabase database = product.open();
    database.image(IMAGE);
    database.models.replaceAll(List.of(TestDatabase.model("m"), TestDatabase.model("other")));
    return database;
  }

  @Test
  void a_mask_of_every_kind_is_read_as_it_was_written() {
    try (TestDatabase database = database()) {
      Masks masks = database.masks;
      Mask whole = masks.adopt("a", null, null, "m", ofModel(null, null), FILES).orElseThrow();
      Mask ofClass = masks.adopt("b", null, null, "m", ofModel(0, "brick"), FILES).orElseThrow();
      Mask ofImage = masks.adopt("c", IMAGE, "attacked", "m", OF_IMAGE, FILES).orElseThrow();

      assertThat(masks.get(whole.id())).isEqualTo(whole);
      assertThat(masks.get(ofClass.id())).isEqualTo(ofClass);
      assertThat(masks.get(ofImage.id())).isEqualTo(ofImage);
      assertThat(whole.kind()).isEqualTo(Mask.Kind.MODEL_MASK);
      assertThat(ofClass.kind()).isEqualTo(Mask.Kind.CLASS_MASK);
      assertThat(ofImage.kind()).isEqualTo(Mask.Kind.IMAGE_MASK);
      assertThat(whole.job()).isNull();
      assertThat(whole.createdAt()).isEqualTo(TestDatabase.START);
    }
  }

  @Test
  void a_file_is_taken_once() {
    try (TestDatabase database = database()) {
      Masks masks = database.masks;
      Mask mask = masks.adopt("a", IMAGE, "n", "m", OF_IMAGE, FILES).orElseThrow();
      assertThat(masks.adopt("a", IMAGE, "n", "m", OF_IMAGE, FILES)).isEmpty();
      assertThat(masks.adopt("b", IMAGE, "n", "m", OF_IMAGE, FILES)).isPresent();
      assertThat(masks.sources()).containsExactlyInAnyOrder("a", "b");
      assertThat(masks.list(Masks.Filter.ALL, Page.START, 10).items()).hasSize(2).contains(mask);
    }
  }

  @Test
  void masks_of_jobs_have_no_source_and_do_not_exclude_each_other() {
    try (TestDatabase database = database()) {
      long job = database.jobs.insert(JobSpecification.imageMasks("m", List.of(IMAGE))).id();
      Mask first = database.masks.publish(new Lease(job, 0), MADE);
      Mask second = database.masks.publish(new Lease(job, 0), MADE);
      assertThat(database.masks.sources()).isEmpty();
      assertThat(database.masks.ofJobs(List.of(job))).containsExactly(first, second);
    }
  }

  @Test
  void masks_are_found_by_model_and_kind() {
    try (TestDatabase database = database()) {
      Masks masks = database.masks;
      Optional<Mask> whole = masks.adopt("a", null, null, "m", ofModel(null, null), FILES);
      masks.adopt("b", null, null, "other", ofModel(null, null), FILES);
      masks.adopt("c", null, null, "m", ofModel(1, "grass"), FILES);
      masks.adopt("d", IMAGE, "n", "m", OF_IMAGE, FILES);
      Masks.Filter filter = new Masks.Filter(null, null, "m", Mask.Kind.MODEL_MASK);
      assertThat(masks.list(filter, Page.START, 10).items()).containsExactly(whole.orElseThrow());
    }
  }

  @Test
  void a_database_of_the_first_version_keeps_its_masks() {
    String url = "jdbc:h2:mem:" + UUID.randomUUID();
    try (Handle first = Jdbi.create(url, "sa", "").open()) {
      Flyway.configure().dataSource(url, "sa", "").target("1").load().migrate();
      first.execute(
          "insert into image (id, name, width, height, picture, input, created_at)"
              + " values (?, 'a.jpg', 1, 1, 'p', 'i', current_timestamp)",
          IMAGE);
      first.execute(
          "insert into model values ('m', 'm', 'surfaces', 'compact', 'n', '[\"a\"]', 0.5, 1, 0, 1,"
              + " 128, 'f', '1', true)");
      first.execute(
          "insert into job (state, specification, created_at)"
              + " values ('SUCCEEDED', '{}', current_timestamp)");
      first.execute(
          "insert into mask (job_id, image_id, model_id, label, label_name, prediction,"
              + " prediction_name, probability, clean_probability, sparsity, invariance, steps,"
              + " stop_reason, seconds, archive, plane, masked, created_at) values (1, ?, 'm', 1,"
              + " 'grass', 1, 'grass', 0.7, 0.9, 0.25, 1e-7, 300, 'CONVERGED', 12.5, 'x', 'y',"
              + " 'z', timestamp with time zone '2026-01-02 03:04:05Z')",
          IMAGE);
      try (TestDatabase database = new TestDatabase(url)) {
        assertThat(database.masks.list(Masks.Filter.ALL, Page.START, 10).items())
            .containsExactly(
                new Mask(
                    1,
                    1L,
                    IMAGE,
                    null,
                    "m",
                    OF_IMAGE,
                    new Mask.Files("x", "y", "z"),
                    TestDatabase.START));
      }
    }
  }
}
