package io.fouriermasks.network;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A COMPACT network that is linear for pixels above -{@value #OFFSET}: its two logits are 0 and
 * {@code scale * (g - threshold)}, where {@code g} is the mean of the 64 pixels whose row and
 * column are multiples of 16. Of all frequencies only those with both numbers of cycles divisible
 * by 8 change {@code g}; by exactly their amplitude, if they are cosines.
 */
public final class GridMeanWeights {

  private static final float OFFSET = 8f;

  private GridMeanWeights() {}

  public static Weights of(float scale, float threshold) {
    ModelCard card = ModelCard.of(Architecture.COMPACT, "n", List.of("low", "high"));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (TensorShape tensor : Architecture.COMPACT.tensors(2)) {
      float[] values = new float[tensor.elements()];
      switch (tensor.role()) {
        case NORM_WEIGHT -> Arrays.fill(values, 1f);
        case RUNNING_VARIANCE -> Arrays.fill(values, 1f - 1e-5f); // the layer adds 1e-5
        default -> {}
      }
      tensors.put(tensor.name(), new Tensor(tensor.shape(), values));
    }
    set(tensors, "conv1.weight", 12, 1f); // the middle of the first 5 x 5 kernel
    set(tensors, "bn1.bias", 0, OFFSET); // the rectifiers never close
    for (int stage = 2; stage <= 4; stage++) {
      set(tensors, "layer" + stage + ".0.downsample.0.weight", 0, 1f);
    }
    int channels = tensors.get("fc.weight").shape().get(1);
    set(tensors, "fc.weight", channels, scale);
    set(tensors, "fc.bias", 1, -scale * (OFFSET + threshold));
    return new Weights(card, tensors);
  }

  private static void set(Map<String, Tensor> tensors, String name, int element, float value) {
    tensors.get(name).values()[element] = value;
  }
}
