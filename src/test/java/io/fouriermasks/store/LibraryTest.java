package io.fouriermasks.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Pictures, networks and predictions. */
/** On every database that the lab runs on. */
@ParameterizedClass
@EnumSource(TestDatabase.Product.class)
class LibraryTest {

  @Parameter TestDatabase.Product product;

  private static final String IMAGE = "0123456789abcdef";

  @Test
  void a_picture_keeps_its_first_name_and_is_stored_once() {
    try (TestDatabase database = product.open()) {
      Image first = database.image(IMAGE);
      Image again =
          database.images.store(
              new Image(IMAGE, "other.png", 1, 1, "x", "y", database.clock.instant(), null),
              Actor.LAB);
      assertThat(again).isEqualTo(first);
      assertThat(database.images.list(Page.START, 10).items()).containsExactly(first);
    }
  }

  @Test
  void pictures_are_paged_newest_first() {
    try (TestDatabase database = product.open()) {
      Image a = database.image("a".repeat(16));
      Image b = database.image("b".repeat(16));
      Image c = database.image("c".repeat(16));
      Page<Image> first = database.images.list(Page.START, 2);
      assertThat(first.items()).containsExactly(c, b);
      assertThat(database.images.list(Long.parseLong(first.next()), 2))
          .isEqualTo(new Page<>(List.of(a), null));
    }
  }

  @Test
  void a_network_that_is_gone_is_still_known_but_no_longer_offered() {
    try (TestDatabase database = product.open()) {
      Model gone = TestDatabase.model("gone");
      Model kept = TestDatabase.model("kept");
      database.models.replaceAll(List.of(gone, kept));
      assertThat(database.models.available()).containsExactly(gone, kept);
      database.models.replaceAll(List.of(kept));
      assertThat(database.models.available()).containsExactly(kept);
      assertThat(database.models.get("gone")).isEqualTo(gone);
    }
  }

  @Test
  void the_plain_network_comes_before_the_others_of_its_architecture() {
    try (TestDatabase database = product.open()) {
      database.models.replaceAll(
          Stream.of("rn", "n", "tn", "adv", "sn")
              .map(augmentation -> TestDatabase.model(augmentation, augmentation))
              .toList());
      assertThat(database.models.available())
          .extracting(Model::augmentation)
          .containsExactly("n", "adv", "sn", "tn", "rn");
    }
  }

  @Test
  void predictions_are_kept_until_the_weights_change() {
    try (TestDatabase database = product.open()) {
      Model model = TestDatabase.model("m");
      database.models.replaceAll(List.of(model));
      database.image(IMAGE);
      float[] logits = {1.5f, -2.25f};
      database.predictions.store(IMAGE, "m", logits);
      database.predictions.store(IMAGE, "m", logits);
      assertThat(database.predictions.ofImage(IMAGE).get("m")).containsExactly(1.5f, -2.25f);

      database.models.replaceAll(List.of(model));
      assertThat(database.predictions.ofImage(IMAGE)).containsKey("m");
      database.models.replaceAll(
          List.of(
              new Model(
                  "m",
                  "m",
                  "surfaces",
                  "compact",
                  "n",
                  model.classes(),
                  null,
                  1,
                  0,
                  1,
                  128,
                  model.file(),
                  "2")));
      assertThat(database.predictions.ofImage(IMAGE)).isEmpty();
      assertThat(database.models.get("m").accuracy()).isNull();
    }
  }

  @Test
  void a_committed_job_survives_the_sudden_end_of_the_process(@TempDir Path folder)
      throws Exception {
    try (TestDatabase database =
        new TestDatabase("jdbc:h2:file:" + folder.resolve("lab") + ";WRITE_DELAY=0")) {
      Job job = database.jobs.insert(JobSpecification.imageMasks("m", List.of(IMAGE)));
      // what kill -9 would leave: the file as it is now
      Files.copy(folder.resolve("lab.mv.db"), folder.resolve("copy.mv.db"));
      try (TestDatabase copy = new TestDatabase("jdbc:h2:file:" + folder.resolve("copy"))) {
        assertThat(copy.jobs.get(job.id())).isEqualTo(job);
      }
    }
  }
}
