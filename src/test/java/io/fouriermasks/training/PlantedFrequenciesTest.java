package io.fouriermasks.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.fouriermasks.dataset.Augmentation;
import io.fouriermasks.dataset.CachedDataset;
import io.fouriermasks.dataset.EvaluationBatches;
import io.fouriermasks.dataset.EvaluationDataset;
import io.fouriermasks.dataset.EvaluationTransform;
import io.fouriermasks.dataset.ImageFolder;
import io.fouriermasks.dataset.TrainingBatches;
import io.fouriermasks.dataset.TrainingTransform;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.Initialisation;
import io.fouriermasks.network.ModelCard;
import io.fouriermasks.network.Weights;
import io.fouriermasks.spectrum.FourierMask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Check A16: masks find the frequencies that were planted, and no others. */
class PlantedFrequenciesTest {

  private static final ModelCard CARD =
      ModelCard.of(Architecture.COMPACT, "n", List.of("band0", "band1", "band2"));

  private static FrozenNetwork network;
  private static MaskImages images;

  @BeforeAll
  static void trainAClassifier(@TempDir Path folder) throws IOException {
    ImageFolder train = ImageFolder.open(PlantedFrequencies.write(folder.resolve("train"), 48, 1));
    ImageFolder test = ImageFolder.open(PlantedFrequencies.write(folder.resolve("val"), 12, 2));
    // whole pictures: a crop would move the frequencies
    TrainingTransform transform = new TrainingTransform(128, 1, Augmentation.NORMAL);
    CachedDataset training = CachedDataset.load(train, transform, done -> {});
    EvaluationDataset evaluation =
        EvaluationDataset.load(test, new EvaluationTransform(128), done -> {});
    ModelSettings settings = new ModelSettings(8, 16, 4e-3, 0.1, 31, Optional.empty());
    Weights weights;
    try (TrainingBatches batches =
        new TrainingBatches(training, transform, 16, 31, CARD.mean(), CARD.std())) {
      weights =
          new ModelTrainer(Device.cpu(), settings)
              .train(
                  Initialisation.draw(CARD, 31),
                  batches,
                  new EvaluationBatches(evaluation, 36, CARD.mean(), CARD.std()),
                  new TrainingListener() {})
              .best()
              .orElseThrow();
    }
    assertThat(weights.card().accuracy().orElseThrow()).isEqualTo(1);
    network = FrozenNetwork.of(weights, Device.cpu());
    images = MaskImages.of(evaluation, CARD.mean(), CARD.std());
  }

  @AfterAll
  static void close() {
    network.close();
  }

  @Test
  void a_mask_of_ones_has_hardly_any_of_its_weight_there() {
    assertThat(PlantedFrequencies.share(FourierMask.ones(128))).isLessThan(0.01);
  }

  @Test
  void the_whole_models_mask_finds_the_planted_frequencies() {
    ModelMaskSettings settings = ModelMaskSettings.PAPER.withEpochs(40).withMaxLearningRate(0.01);

    ModelMask mask =
        new ModelMaskTrainer(network, settings)
            .train(images, Checkpoint.NONE, new TrainingListener() {});

    System.out.println(
        +mask.mask().sparsity()
            + " "
            + mask.maskedAccuracy()
            + " "
            + PlantedFrequencies.share(mask.mask()));
    assertThat(mask.converged()).isTrue();
    assertThat(PlantedFrequencies.share(mask.mask())).isGreaterThanOrEqualTo(0.9);
  }

  @Test
  void the_masks_of_single_images_find_them_too() {
    List<float[]> one = IntStream.of(0, 12, 24).mapToObj(images::pixels).toList();

    List<ImageMask> masks =
        new ImageMaskTrainer(network, ImageMaskSettings.PAPER)
            .train(one, new TrainingListener() {});

    for (ImageMask mask : masks) {
      System.out.println(
          +mask.mask().sparsity()
              + " "
              + mask.steps()
              + " "
              + PlantedFrequencies.share(mask.mask()));
      assertThat(mask.predictionKept()).isTrue();
      assertThat(PlantedFrequencies.share(mask.mask())).isGreaterThanOrEqualTo(0.9);
    }
  }
}
