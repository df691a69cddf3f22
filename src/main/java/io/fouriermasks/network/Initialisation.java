package io.fouriermasks.network;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.zip.CRC32;

/**
 * Untrained weights as torchvision draws them: convolutions normal with variance 2 / fan-out (He et
 * al. 2015), normalisation 1 and 0, linear layers uniform in {@code +-1 / sqrt(fan-in)} (ResNet) or
 * normal with standard deviation 0.01 and bias 0 (VGG).
 */
public final class Initialisation {

  private Initialisation() {}

  /** Draws every tensor from its own generator, seeded by {@code seed} and the tensor's name. */
  public static Weights draw(ModelCard card, long seed) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (TensorShape tensor : card.architecture().tensors(card.classes().size())) {
      float[] values = new float[tensor.elements()];
      DoubleSupplier distribution = distribution(card.architecture(), tensor, random(seed, tensor));
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) distribution.getAsDouble();
      }
      tensors.put(tensor.name(), new Tensor(tensor.shape(), values));
    }
    return new Weights(card, tensors);
  }

  private static DoubleSupplier distribution(
      Architecture architecture, TensorShape tensor, Random random) {
    List<Integer> shape = tensor.shape();
    return switch (tensor.role()) {
      case CONVOLUTION_WEIGHT -> {
        double std = Math.sqrt(2.0 / (shape.get(0) * shape.get(2) * shape.get(3)));
        yield () -> std * random.nextGaussian();
      }
      case NORM_WEIGHT, RUNNING_VARIANCE -> () -> 1;
      case CONVOLUTION_BIAS, NORM_BIAS, RUNNING_MEAN -> () -> 0;
      case LINEAR_WEIGHT -> {
        if (architecture == Architecture.VGG11) {
          yield () -> 0.01 * random.nextGaussian();
        }
        double bound = 1 / Math.sqrt(shape.get(1));
        yield () -> bound * (2 * random.nextDouble() - 1);
      }
      case LINEAR_BIAS -> {
        if (architecture == Architecture.VGG11) {
          yield () -> 0;
        }
        double bound = 1 / Math.sqrt(inputsOf(architecture));
        yield () -> bound * (2 * random.nextDouble() - 1);
      }
    };
  }

  /** Inputs of the last layer, which alone has a random bias. */
  private static int inputsOf(Architecture architecture) {
    List<Layer> layers = architecture.layers(1);
    return ((Layer.Linear) layers.get(layers.size() - 1)).in();
  }

  private static Random random(long seed, TensorShape tensor) {
    CRC32 name = new CRC32();
    name.update(tensor.name().getBytes(StandardCharsets.UTF_8));
    return new Random(seed * 0x9E3779B97F4A7C15L ^ name.getValue());
  }
}
