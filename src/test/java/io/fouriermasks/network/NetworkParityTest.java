package io.fouriermasks.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.fouriermasks.Fixture;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkParityTest {

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void logits_and_input_gradients_equal_pytorch(Architecture architecture) throws Exception {
    Fixture fixture = Fixture.load("network_" + architecture.cliName() + ".npz");
    try (TrainableNetwork network = TrainableNetwork.of(weights(architecture), Device.cpu())) {
      List<float[]> gradients = logitsAndGradients(network.newManager(), network::logits, fixture);
      assertThat(relativeL2(gradients, fixture.rows("input_gradient"))).isLessThan(1e-3);
    }
  }

  /**
   * Folding rounds the weights once more. A rectifier whose input is zero within rounding may then
   * open or close, which changes no logit but the gradient of that image; it does in one of the
   * eight photographs.
   */
  @ParameterizedTest
  @EnumSource(Architecture.class)
  void the_frozen_networks_logits_and_input_gradients_equal_pytorch(Architecture architecture)
      throws Exception {
    Fixture fixture = Fixture.load("network_" + architecture.cliName() + ".npz");
    try (FrozenNetwork network = FrozenNetwork.of(weights(architecture), Device.cpu())) {
      List<float[]> gradients = logitsAndGradients(network.newManager(), network::logits, fixture);
      List<float[]> expected = fixture.rows("input_gradient");
      assertThat(relativeL2(gradients, expected)).isLessThan(2e-3);
      int close = 0;
      for (int i = 0; i < expected.size(); i++) {
        close += relativeL2(gradients.subList(i, i + 1), expected.subList(i, i + 1)) < 1e-3 ? 1 : 0;
      }
      assertThat(close).isGreaterThanOrEqualTo(expected.size() - expected.size() / 8);
    }
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void folding_changes_no_logit(Architecture architecture) throws Exception {
    Weights weights = weights(architecture);
    List<float[]> images =
        Fixture.load("network_" + architecture.cliName() + ".npz").rows("images");
    try (TrainableNetwork plain = TrainableNetwork.of(weights, Device.cpu());
        FrozenNetwork frozen = FrozenNetwork.of(weights, Device.cpu());
        NDManager scratch = plain.newManager()) {
      float[] expected = plain.logits(frozen.batch(scratch, images)).toFloatArray();
      float[] actual = frozen.logits(frozen.batch(scratch, images)).toFloatArray();
      assertThat(actual).containsExactly(expected, within(1e-4f));
    }
  }

  @Test
  void parameter_counts_are_torchvisions() {
    assertThat(Architecture.COMPACT.parameterCount(5)).isEqualTo(308_149);
    assertThat(Architecture.RESNET18.parameterCount(5)).isEqualTo(11_172_805);
    assertThat(Architecture.VGG11.parameterCount(5)).isEqualTo(128_791_173);
  }

  private static Weights weights(Architecture architecture) throws Exception {
    return architecture == Architecture.COMPACT
        ? Weights.read(Fixture.file("compact_weights.safetensors"))
        : FormulaWeights.of(architecture);
  }

  private static List<float[]> logitsAndGradients(
      NDManager manager, UnaryOperator<NDArray> network, Fixture fixture) {
    List<float[]> images = fixture.rows("images");
    try (NDManager scratch = manager;
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray input =
          scratch.create(fixture.floats("images"), new Shape(images.size(), 1, 128, 128));
      input.setRequiresGradient(true);
      NDArray logits = network.apply(input);
      assertThat(logits.toFloatArray()).containsExactly(fixture.floats("logits"), within(1e-4f));
      NDArray labels = logits.argMax(1);
      assertThat(labels.toLongArray()).containsExactly(longs(fixture.floats("predictions")));
      collector.backward(logits.logSoftmax(1).gather(labels.reshape(-1, 1), 1).neg().mean());
      return Fixture.split(input.getGradient().toFloatArray(), images.size());
    }
  }

  private static long[] longs(float[] values) {
    long[] longs = new long[values.length];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = (long) values[i];
    }
    return longs;
  }

  private static double relativeL2(List<float[]> actual, List<float[]> expected) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.size(); i++) {
      for (int j = 0; j < expected.get(i).length; j++) {
        difference += Math.pow(actual.get(i)[j] - expected.get(i)[j], 2);
        norm += Math.pow(expected.get(i)[j], 2);
      }
    }
    return Math.sqrt(difference / norm);
  }
}
