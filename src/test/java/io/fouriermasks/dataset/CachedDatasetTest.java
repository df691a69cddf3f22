package io.fouriermasks.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachedDatasetTest {

  @TempDir Path root;
  private ImageFolder folder;

  private final TrainingTransform training = new TrainingTransform(16);
  private final EvaluationTransform evaluation = new EvaluationTransform(16);
  private final ImageDecoder decoder = new ImageDecoder(ImageDecoder.Limits.UPLOAD);

  @BeforeEach
  void write() throws IOException {
    folder = DatasetFixture.noise(root, 9);
  }

  @Test
  void holds_each_picture_resized_in_the_order_of_the_folder() throws Exception {
    CachedDataset data = CachedDataset.load(folder, training, done -> {});

    assertThat(data.classes()).containsExactly("a", "b");
    assertThat(data.size()).isEqualTo(9);
    for (int i = 0; i < 9; i++) {
      RgbImage image = decoder.decode(folder.images().get(i).file());
      assertThat(data.image(i)).isEqualTo(training.resize(image));
      assertThat(data.label(i)).isEqualTo(i < 4 ? 0 : 1);
    }
  }

  @Test
  void holds_each_picture_as_the_network_sees_it_for_evaluation() throws Exception {
    EvaluationDataset data = EvaluationDataset.load(folder, evaluation, done -> {});

    assertThat(data.classes()).containsExactly("a", "b");
    assertThat(data.size()).isEqualTo(9);
    for (int i = 0; i < 9; i++) {
      LabelledImage file = folder.images().get(i);
      assertThat(data.image(i)).isEqualTo(evaluation.apply(decoder.decode(file.file())));
      assertThat(data.label(i)).isEqualTo(file.label());
      assertThat(data.file(i)).isEqualTo(file);
    }
  }

  @Test
  void progress_counts_every_picture() {
    List<Integer> progress = new ArrayList<>();

    EvaluationDataset.load(folder, evaluation, progress::add);

    assertThat(progress).isEqualTo(IntStream.rangeClosed(1, 9).boxed().toList());
  }

  @Test
  void what_the_progress_throws_ends_the_work() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                CachedDataset.load(
                    folder,
                    training,
                    done -> {
                      throw new IllegalStateException("enough");
                    }))
        .withMessage("enough");
  }

  @Test
  void an_interrupted_thread_gets_a_cancellation_and_stays_interrupted() {
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> CachedDataset.load(folder, training, done -> {}));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void a_file_that_is_no_picture_is_named() throws IOException {
    Path file = Files.writeString(root.resolve("b/page.jpg"), "<html>");

    assertThatExceptionOfType(InvalidDatasetException.class)
        .isThrownBy(() -> CachedDataset.load(ImageFolder.open(root), training, done -> {}))
        .withMessage(
            "%s: The content of the file is neither PNG nor JPEG; save the picture as one of them."
                + " Or remove the file.",
            file);
  }

  @Test
  void a_strip_among_the_training_pictures_is_named() throws IOException {
    Path file = root.resolve("a/strip.png");
    Files.write(file, Pictures.png(Pictures.noise(1, 200, 1, 1)));

    assertThatExceptionOfType(InvalidDatasetException.class)
        .isThrownBy(() -> CachedDataset.load(ImageFolder.open(root), training, done -> {}))
        .withMessageStartingWith(file + ": The picture is a strip of 1 x 200 pixels;");
  }
}
