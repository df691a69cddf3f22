package io.fouriermasks.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.fouriermasks.Fixture;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.Logits;
import io.fouriermasks.network.Weights;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Preset {@code fast} on a trained network, beside {@code paper}. */
class FastPresetTest {

  private static final TrainingListener SILENT = new TrainingListener() {};
  private static FrozenNetwork network;
  private static List<float[]> images;

  @BeforeAll
  static void load() throws Exception {
    network =
        FrozenNetwork.of(Weights.read(Fixture.file("compact_weights.safetensors")), Device.cpu());
    images = Fixture.load("network_compact.npz").rows("images").subList(0, 4);
  }

  @AfterAll
  static void close() {
    network.close();
  }

  /** Of a photograph alone either preset may find the lower minimum. */
  @Test
  void its_objectives_are_on_average_below_those_of_paper_after_twice_the_steps() {
    List<ImageMask> fast =
        new ImageMaskTrainer(network, TrustRegionSettings.FAST).train(images, SILENT);
    int most = fast.stream().mapToInt(ImageMask::steps).max().orElseThrow();
    List<ImageMask> paper =
        new ImageMaskTrainer(network, ImageMaskSettings.PAPER.withMaxSteps(2 * most))
            .train(images, SILENT);
    assertThat(fast).extracting(ImageMask::stopReason).containsOnly(StopReason.CONVERGED);
    assertThat(fast).allMatch(ImageMask::predictionKept);
    assertThat(meanExcess(fast)).isLessThan(meanExcess(paper));
  }

  private static double meanExcess(List<ImageMask> masks) {
    return masks.stream().mapToDouble(FastPresetTest::excess).average().orElseThrow();
  }

  @Test
  void its_record_never_rises_and_ends_with_the_mask_that_is_handed_back() {
    List<ImageStep> steps = new ArrayList<>();
    ImageMask result =
        new ImageMaskTrainer(network, TrustRegionSettings.FAST.withMaxSteps(40))
            .train(
                images.subList(0, 1),
                new TrainingListener() {
                  @Override
                  public void onImageStep(ImageStep step) {
                    steps.add(step);
                  }
                })
            .get(0);
    assertThat(steps).hasSize(40);
    assertThat(steps.get(0).sparsity()).isEqualTo(1);
    for (int i = 1; i < steps.size(); i++) {
      assertThat(excess(steps.get(i))).isLessThanOrEqualTo(excess(steps.get(i - 1)) + 1e-6);
      assertThat(steps.get(i).prediction()).isEqualTo(result.label());
    }
    assertThat(excess(result)).isLessThanOrEqualTo(excess(steps.get(39)) + 1e-6);
  }

  private static double excess(ImageStep step) {
    return excess(step.invariance(), step.sparsity());
  }

  private static double excess(ImageMask mask) {
    double difference = Logits.crossEntropy(mask.maskedLogits(), mask.label()) - mask.cleanLoss();
    return excess(difference * difference, mask.mask().sparsity());
  }

  private static double excess(double invariance, double sparsity) {
    return Math.expm1(invariance) + TrustRegionSettings.FAST.decay() * sparsity;
  }
}
