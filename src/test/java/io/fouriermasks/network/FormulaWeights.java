package io.fouriermasks.network;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/**
 * Weights that need no file: uniform from SplitMix64, seeded by the CRC-32 of {@code ARCH.NAME};
 * the reference makes the same.
 */
public final class FormulaWeights {

  private FormulaWeights() {}

  public static Weights of(Architecture architecture) {
    ModelCard card = ModelCard.of(architecture, "n", List.of("a", "b", "c", "d", "e"));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (TensorShape tensor : architecture.tensors(5)) {
      double low = -0.1;
      double high = 0.1;
      switch (tensor.role()) {
        case NORM_WEIGHT, RUNNING_VARIANCE -> {
          low = 0.5;
          high = 1.5;
        }
        case CONVOLUTION_WEIGHT, LINEAR_WEIGHT -> {
          int fanIn = tensor.elements() / tensor.shape().get(0);
          high = Math.sqrt(6.0 / fanIn) * (tensor.shape().get(0) == 5 ? 0.1 : 1);
          low = -high;
        }
        default -> {}
      }
      tensors.put(
          tensor.name(),
          new Tensor(
              tensor.shape(),
              fill(architecture.cliName() + "." + tensor.name(), tensor.elements(), low, high)));
    }
    return new Weights(card, tensors);
  }

  private static float[] fill(String name, int n, double low, double high) {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    SplittableRandom random = new SplittableRandom(crc.getValue());
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (low + (high - low) * random.nextDouble());
    }
    return values;
  }
}
