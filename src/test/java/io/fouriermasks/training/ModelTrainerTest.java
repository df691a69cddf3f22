package io.fouriermasks.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.fouriermasks.api.TestPictures;
import io.fouriermasks.attack.Pgd;
import io.fouriermasks.dataset.Augmentation;
import io.fouriermasks.dataset.CachedDataset;
import io.fouriermasks.dataset.EvaluationBatches;
import io.fouriermasks.dataset.EvaluationDataset;
import io.fouriermasks.dataset.EvaluationTransform;
import io.fouriermasks.dataset.ImageFolder;
import io.fouriermasks.dataset.TrainingBatches;
import io.fouriermasks.dataset.TrainingTransform;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.network.Initialisation;
import io.fouriermasks.network.ModelCard;
import io.fouriermasks.network.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTrainerTest {

  private static final ModelCard CARD =
      ModelCard.of(Architecture.COMPACT, "adv", List.of("rough", "smooth"));
  private static final ModelSettings SETTINGS =
      new ModelSettings(3, 4, 1e-3, 0.1, 31, Optional.of(new Pgd(0.06f, 0.03f, 2)));

  /** 11 images in batches of 4. */
  private static final int BATCHES = 3;

  private static CachedDataset training;
  private static EvaluationDataset evaluation;

  @TempDir private Path folder;

  @BeforeAll
  static void draw(@TempDir Path root) throws IOException {
    for (int i = 0; i < 11; i++) {
      Path folder = Files.createDirectories(root.resolve(i < 6 ? "rough" : "smooth"));
      Files.write(folder.resolve(i + ".png"), TestPictures.noise(i < 6 ? 128 : 16, 128, i, "png"));
    }
    ImageFolder images = ImageFolder.open(root);
    training = CachedDataset.load(images, new TrainingTransform(128), done -> {});
    evaluation = EvaluationDataset.load(images, new EvaluationTransform(128), done -> {});
  }

  @Test
  void the_kept_weights_are_those_of_the_best_epoch_the_last_on_ties() {
    TrainedModel model = train(Checkpoint.NONE, new TrainingListener() {});

    assertThat(model.finished()).isTrue();
    assertThat(model.curve()).hasSize(3);
    double highest = model.curve().stream().mapToDouble(ModelEpoch::accuracy).max().orElseThrow();
    assertThat(model.best().orElseThrow().card().accuracy().orElseThrow()).isEqualTo(highest);
    for (ModelEpoch epoch : model.curve()) {
      double before =
          model.curve().stream()
              .limit(epoch.epoch() - 1L)
              .mapToDouble(ModelEpoch::accuracy)
              .max()
              .orElse(0);
      assertThat(epoch.best()).isEqualTo(epoch.accuracy() >= before);
    }
  }

  /** Before the first step, in an epoch, at an epoch's end, and in the last epoch. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, BATCHES, BATCHES + 2, 2 * BATCHES + 1})
  void a_training_that_was_killed_ends_with_the_very_same_weights(int steps) throws IOException {
    TrainedModel undisturbed = train(Checkpoint.NONE, new TrainingListener() {});
    Path file = folder.resolve("model.checkpoint.safetensors");

    TrainedModel killed = train(Checkpoint.NONE, new Killer(steps, file));
    Checkpoint checkpoint = Checkpoint.read(file, specification());
    TrainedModel resumed = train(checkpoint, new TrainingListener() {});

    assertThat(killed.finished()).isFalse();
    assertSameWeights(resumed.best().orElseThrow(), undisturbed.best().orElseThrow());
    assertThat(resumed.curve())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("seconds")
        .isEqualTo(undisturbed.curve());
    assertThat(resumed.seconds()).isGreaterThan(checkpoint.real("seconds"));
  }

  @Test
  void a_checkpoint_of_another_training_is_refused() throws IOException {
    Path file = folder.resolve("model.checkpoint.safetensors");
    train(Checkpoint.NONE, new Killer(1, file));

    assertThatExceptionOfType(CheckpointMismatchException.class)
        .isThrownBy(() -> Checkpoint.read(file, specification().replace("seed 31", "seed 32")))
        .withMessageContaining("delete the file to begin anew");
  }

  /** The published eps in normalised units is 3.46 / 255 of the pixel range. */
  @Test
  void the_papers_attack_is_that_of_the_method() {
    assertThat(Pgd.PAPER.eps() * CARD.std() * 255).isEqualTo(3.46f, within(0.005f));
    assertThat(Pgd.PAPER.step()).isEqualTo(0.0075f);
    assertThat(Pgd.PAPER.steps()).isEqualTo(10);
  }

  /** Takes a checkpoint after some steps, and lets one more step be lost. */
  private static final class Killer implements TrainingListener {
    private final int steps;
    private final Path file;
    private int taken;

    Killer(int steps, Path file) {
      this.steps = steps;
      this.file = file;
    }

    @Override
    public boolean isCancelled() {
      return taken > steps;
    }

    @Override
    public boolean wantsCheckpoint() {
      return taken == steps;
    }

    @Override
    public void onCheckpoint(Checkpoint checkpoint) {
      try {
        checkpoint.write(file);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void onModelBatch(ModelBatch batch) {
      taken++;
    }
  }

  private static Weights initial() {
    return Initialisation.draw(CARD, 31);
  }

  private static TrainingBatches batches() {
    TrainingTransform transform = new TrainingTransform(128, 0.08, Augmentation.ROTATION);
    return new TrainingBatches(training, transform, 4, 31, CARD.mean(), CARD.std());
  }

  private static String specification() {
    try (TrainingBatches batches = batches()) {
      return new ModelTrainer(Device.cpu(), SETTINGS).specification(initial(), batches);
    }
  }

  private static TrainedModel train(Checkpoint from, TrainingListener listener) {
    try (TrainingBatches batches = batches()) {
      EvaluationBatches test = new EvaluationBatches(evaluation, 8, CARD.mean(), CARD.std());
      return new ModelTrainer(Device.cpu(), SETTINGS)
          .train(initial(), batches, test, from, listener);
    }
  }

  private static void assertSameWeights(Weights actual, Weights expected) {
    assertThat(actual.card()).isEqualTo(expected.card());
    expected
        .tensors()
        .forEach(
            (name, tensor) ->
                assertThat(actual.tensors().get(name).values())
                    .as(name)
                    .isEqualTo(tensor.values()));
  }
}
