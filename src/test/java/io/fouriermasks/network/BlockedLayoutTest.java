package io.fouriermasks.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.fouriermasks.network.Layer.Convolution;
import io.fouriermasks.network.Layer.Flatten;
import io.fouriermasks.network.Layer.Linear;
import io.fouriermasks.network.Layer.MaxPool;
import io.fouriermasks.network.Layer.Relu;
import io.fouriermasks.network.Layer.Residual;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlockedLayoutTest {

  private static final int SEED = 20_261_129;

  private static final List<Layer> LAYERS =
      List.of(
          new Convolution("first", 1, 32, 5, 2, 2, true),
          new MaxPool(3, 2, 1),
          new Relu(),
          new Convolution("second", 32, 48, 3, 1, 1, true),
          new Relu(),
          new Flatten(),
          new Linear("last", 48 * 8 * 8, 5));

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void values_and_gradients_are_those_of_the_plain_layout(int images) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      Map<String, NDArray> tensors = tensors(manager);
      NDArray input = manager.randomNormal(new Shape(images, 1, 32, 32));
      Optional<BlockedLayout> layout = BlockedLayout.on(manager, LAYERS);
      assertThat(layout).as("oneDNN is part of the libtorch that comes with it").isPresent();

      Pass plain = pass(new Forward(tensors, false), input);
      Pass blocked = pass(new Forward(tensors, layout), input);

      assertThat(blocked.values()).containsExactly(plain.values(), within(1e-3f));
      assertThat(blocked.gradient()).containsExactly(plain.gradient(), within(1e-3f));
    }
  }

  @Test
  void an_image_that_is_not_finite_has_no_logits_and_leaves_the_others_theirs() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      NDArray input = manager.ones(new Shape(2, 1, 32, 32));
      input.set(new NDIndex("1, 0, 3, 4"), Float.NaN);
      float[] values =
          new Forward(tensors(manager), BlockedLayout.on(manager, LAYERS))
              .run(LAYERS, input)
              .toFloatArray();
      for (int i = 0; i < 5; i++) {
        assertThat(values[i]).isFinite();
        assertThat(values[5 + i]).isNaN();
      }
    }
  }

  @Test
  void it_goes_as_far_as_convolutions_poolings_and_rectifiers_if_there_is_a_pooling() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      assertThat(BlockedLayout.on(manager, LAYERS).orElseThrow().depth()).isEqualTo(5);
      assertThat(BlockedLayout.on(manager, Architecture.COMPACT.layers(5)))
          .as("slower than the plain layout")
          .isEmpty();
    }
  }

  /**
   * libtorch 2.7.1 leaves the rest of a last, partly filled block as it finds it, in either layout,
   * and now and then finds a NaN there.
   */
  @ParameterizedTest
  @EnumSource(Architecture.class)
  void every_convolution_of_every_network_fills_its_blocks_of_sixteen_channels(
      Architecture architecture) {
    assertThat(convolutions(architecture.layers(5)))
        .isNotEmpty()
        .allSatisfy(convolution -> assertThat(convolution.out() % 16).isZero());
  }

  private static List<Convolution> convolutions(List<Layer> layers) {
    return layers.stream()
        .flatMap(
            layer ->
                layer instanceof Residual residual
                    ? Stream.concat(
                        convolutions(residual.body()).stream(),
                        convolutions(residual.shortcut()).stream())
                    : Stream.of(layer)
                        .filter(Convolution.class::isInstance)
                        .map(Convolution.class::cast))
        .toList();
  }

  private static Map<String, NDArray> tensors(NDManager manager) {
    manager.getEngine().setRandomSeed(SEED);
    return Map.of(
        "first.weight", manager.randomNormal(new Shape(32, 1, 5, 5)),
        "first.bias", manager.randomNormal(new Shape(32)),
        "second.weight", manager.randomNormal(new Shape(48, 32, 3, 3)),
        "second.bias", manager.randomNormal(new Shape(48)),
        "last.weight", manager.randomNormal(new Shape(5, 48 * 8 * 8)).mul(0.01f),
        "last.bias", manager.randomNormal(new Shape(5)));
  }

  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Pass(float[] values, float[] gradient) {}

  /** Values of the layers, and the gradient of half the sum of their squares. */
  private static Pass pass(Forward forward, NDArray input) {
    NDArray leaf = input.duplicate();
    leaf.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray values = forward.run(LAYERS, leaf);
      collector.backward(values.square().sum().mul(0.5f));
      return new Pass(values.toFloatArray(), leaf.getGradient().toFloatArray());
    }
  }
}
