package io.fouriermasks.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.fouriermasks.Fixture;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.network.FormulaWeights;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelMaskParityTest {

  @Test
  void twenty_epochs_over_photographs_walk_the_path_of_pytorch() throws Exception {
    compare(
        "model_mask_compact.npz",
        Weights.read(Fixture.file("compact_weights.safetensors")),
        ModelMaskSettings.PAPER.withEpochs(20).withMaxLearningRate(0.01),
        1e-2,
        2e-4,
        1e-2);
  }

  @Test
  void a_large_network_walks_the_path_of_pytorch() {
    compare(
        "model_mask_resnet.npz",
        FormulaWeights.of(Architecture.RESNET18),
        ModelMaskSettings.PAPER.withEpochs(3),
        2e-5,
        1e-5,
        1e-4);
  }

  private static void compare(
      String file,
      Weights weights,
      ModelMaskSettings settings,
      double invarianceTolerance,
      double sparsityTolerance,
      double maskTolerance) {
    Fixture fixture = Fixture.load(file);
    int[] labels =
        Arrays.stream(fixture.doubles("labels")).mapToInt(label -> (int) label).toArray();
    List<MaskStep> steps = new ArrayList<>();
    try (FrozenNetwork network = FrozenNetwork.of(weights, Device.cpu())) {
      ModelMask result =
          new ModelMaskTrainer(network, settings, Order.given())
              .train(
                  MaskImages.of(fixture.rows("images"), labels),
                  Checkpoint.NONE,
                  new TrainingListener() {
                    @Override
                    public void onMaskStep(MaskStep step) {
                      steps.add(step);
                    }
                  });
      assertThat(result.stopReason()).isEqualTo(StopReason.STEP_LIMIT);
      assertThat(result.steps()).isEqualTo(fixture.doubles("invariance").length);
      assertThat(steps.stream().mapToDouble(MaskStep::invariance).toArray())
          .containsExactly(fixture.doubles("invariance"), within(invarianceTolerance));
      assertThat(steps.stream().mapToDouble(MaskStep::sparsity).toArray())
          .containsExactly(fixture.doubles("sparsity"), within(sparsityTolerance));
      // the fixture has the last mask, whatever its accuracy
      assertThat(result.keptEpoch()).isIn(0, settings.epochs());
      assertThat(meanDifference(result.mask().fullPlane(), fixture.floats("mask")))
          .isLessThan(maskTolerance);
    }
  }

  private static double meanDifference(float[] actual, float[] expected) {
    double sum = 0;
    for (int i = 0; i < expected.length; i++) {
      sum += Math.abs(actual[i] - expected[i]);
    }
    return sum / expected.length;
  }
}
