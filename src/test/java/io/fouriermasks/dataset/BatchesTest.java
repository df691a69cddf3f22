package io.fouriermasks.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchesTest {

  private static final int SIDE = 16;
  private static final float MEAN = 0.449f;
  private static final float STD = 0.226f;

  private static CachedDataset data;
  private static EvaluationDataset evaluation;

  @BeforeAll
  static void load(@TempDir Path root) throws IOException {
    ImageFolder folder = DatasetFixture.noise(root, 23);
    data = CachedDataset.load(folder, new TrainingTransform(SIDE), done -> {});
    evaluation = EvaluationDataset.load(folder, new EvaluationTransform(SIDE), done -> {});
  }

  @Test
  void the_same_seed_gives_the_same_batches_whatever_the_number_of_threads() {
    List<Batch> expected = epoch(31, 4, 1);

    for (int threads : new int[] {2, 5}) {
      List<Batch> actual = epoch(31, 4, threads);
      assertThat(actual).hasSameSizeAs(expected);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(actual.get(i).images()).isEqualTo(expected.get(i).images());
        assertThat(actual.get(i).labels()).isEqualTo(expected.get(i).labels());
      }
    }
  }

  @Test
  void another_seed_or_epoch_gives_another_order_and_other_views() {
    float[] images = epoch(31, 4, 2).get(0).images();

    assertThat(epoch(32, 4, 2).get(0).images()).isNotEqualTo(images);
    assertThat(epoch(31, 5, 2).get(0).images()).isNotEqualTo(images);
  }

  @Test
  void nothing_is_dropped_and_the_last_batch_is_smaller() {
    List<Batch> batches = epoch(31, 0, 2);

    assertThat(batches).extracting(Batch::size).containsExactly(5, 5, 5, 5, 3);
    assertThat(batches)
        .allSatisfy(
            batch -> {
              assertThat(batch.images()).hasSize(batch.size() * SIDE * SIDE);
              assertThat(batch.labels()).hasSize(batch.size());
            });
  }

  @Test
  void each_epoch_visits_every_picture_once(@TempDir Path root) throws IOException {
    // every view of a picture of one gray level has that level, which tells the picture
    for (int level = 0; level < 23; level++) {
      byte[] samples = new byte[20 * 30];
      Arrays.fill(samples, (byte) level);
      Path folder = Files.createDirectories(root.resolve(level < 7 ? "a" : "b"));
      RgbImage image = new RgbImage(20, 30, 1, samples);
      Files.write(folder.resolve(level + ".png"), Pictures.png(image));
    }
    TrainingTransform transform = new TrainingTransform(SIDE);
    CachedDataset levels = CachedDataset.load(ImageFolder.open(root), transform, done -> {});
    List<Integer> all = IntStream.range(0, 23).boxed().toList();

    for (int epoch = 0; epoch < 3; epoch++) {
      List<Integer> seen = new ArrayList<>();
      try (var batches = new TrainingBatches(levels, transform, 5, 31, 0, 1, 2)) {
        batches
            .epoch(epoch)
            .forEachRemaining(
                batch -> {
                  for (int i = 0; i < batch.size(); i++) {
                    int level = Math.round(255 * batch.images()[i * SIDE * SIDE]);
                    assertThat(batch.labels()[i]).isEqualTo(level < 7 ? 0 : 1);
                    seen.add(level);
                  }
                });
      }
      assertThat(seen).containsExactlyInAnyOrderElementsOf(all).isNotEqualTo(all);
    }
  }

  @Test
  void an_epoch_can_be_left_and_another_begun() {
    try (var batches = batches(31, 2)) {
      batches.epoch(0).next();

      assertThat(batches.epoch(4).next().images()).isEqualTo(epoch(31, 4, 1).get(0).images());
    }
  }

  @Test
  void past_the_end_there_is_nothing() {
    try (var batches = batches(31, 2)) {
      Iterator<Batch> epoch = batches.epoch(0);
      epoch.forEachRemaining(batch -> {});

      assertThat(epoch.hasNext()).isFalse();
      assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(epoch::next);
    }
  }

  @Test
  void closing_ends_the_threads() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    try (var batches = batches(31, 3)) {
      batches.epoch(0).next();
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread.getName().startsWith("dataset-batch-")) {
          threads.add(thread);
        }
      }
      assertThat(threads).hasSize(3);
    }

    for (Thread thread : threads) {
      thread.join(10_000);
      assertThat(thread.isAlive()).isFalse();
    }
  }

  @Test
  void closed_batches_say_so() {
    TrainingBatches batches = batches(31, 2);
    Iterator<Batch> epoch = batches.epoch(0);
    batches.close();

    assertThatIllegalStateException().isThrownBy(epoch::next);
    assertThatIllegalStateException().isThrownBy(() -> batches.epoch(1));
  }

  @Test
  void evaluation_batches_come_in_the_order_of_the_folder_each_time() {
    EvaluationBatches batches = new EvaluationBatches(evaluation, 10, MEAN, STD);

    assertThat(batches.count()).isEqualTo(3);
    for (int time = 0; time < 2; time++) {
      int index = 0;
      for (Batch batch : batches) {
        for (int i = 0; i < batch.size(); i++, index++) {
          float[] image =
              Arrays.copyOfRange(batch.images(), i * SIDE * SIDE, (i + 1) * SIDE * SIDE);
          assertThat(image).isEqualTo(evaluation.image(index).normalised(MEAN, STD));
          assertThat(batch.labels()[i]).isEqualTo(evaluation.label(index));
        }
      }
      assertThat(index).isEqualTo(23);
    }
  }

  @Test
  void a_batch_of_nothing_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EvaluationBatches(evaluation, 0, MEAN, STD));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrainingBatches(data, new TrainingTransform(SIDE), 0, 31, MEAN, STD));
  }

  private static TrainingBatches batches(long seed, int threads) {
    return new TrainingBatches(data, new TrainingTransform(SIDE), 5, seed, MEAN, STD, threads);
  }

  private static List<Batch> epoch(long seed, int epoch, int threads) {
    List<Batch> list = new ArrayList<>();
    try (var batches = batches(seed, threads)) {
      assertThat(batches.count()).isEqualTo(5);
      batches.epoch(epoch).forEachRemaining(list::add);
    }
    return list;
  }
}
