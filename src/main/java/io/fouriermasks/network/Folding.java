package io.fouriermasks.network;

import io.fouriermasks.network.Layer.AveragePool;
import io.fouriermasks.network.Layer.BatchNorm;
import io.fouriermasks.network.Layer.Convolution;
import io.fouriermasks.network.Layer.Dropout;
import io.fouriermasks.network.Layer.Flatten;
import io.fouriermasks.network.Layer.Linear;
import io.fouriermasks.network.Layer.MaxPool;
import io.fouriermasks.network.Layer.Relu;
import io.fouriermasks.network.Layer.Residual;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rewrites a network for eval mode, where three of its parts are linear and can be multiplied into
 * their neighbours without changing the function: batch normalisation goes into the convolution
 * before it, adaptive average pooling into the linear layer after it, dropout goes away. A
 * rectifier and the maximum pooling after it change places.
 */
final class Folding {

  private static final double EPS = 1e-5;

  private final Map<String, Tensor> tensors;
  private final Map<String, Tensor> folded = new LinkedHashMap<>();

  private Folding(Map<String, Tensor> tensors) {
    this.tensors = tensors;
  }

  /** The rewritten layers with the only tensors that they need. */
  record Folded(List<Layer> layers, Map<String, Tensor> tensors) {}

  /** Folds for inputs of the size that the card names: the pooling matrix depends on it. */
  static Folded fold(Weights weights) {
    ModelCard card = weights.card();
    Folding folding = new Folding(weights.tensors());
    List<Layer> layers =
        folding.fold(card.architecture().layers(card.classes().size()), card.size());
    return new Folded(layers, folding.folded);
  }

  private List<Layer> fold(List<Layer> layers, int inputSize) {
    List<Layer> result = new ArrayList<>();
    int size = inputSize;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      if (layer instanceof Convolution c && layers.get(i + 1) instanceof BatchNorm b) {
        result.add(foldNorm(c, b));
        size = Multiplications.reduced(size, c.kernel(), c.stride(), c.padding());
        i++;
      } else if (layer instanceof AveragePool p
          && p.size() > 1
          && layers.get(i + 1) instanceof Flatten
          && layers.get(i + 2) instanceof Linear l) {
        result.add(new Flatten());
        result.add(foldPooling(p, l, size));
        i += 2;
      } else if (layer instanceof Residual r) {
        result.add(new Residual(fold(r.body(), size), fold(r.shortcut(), size)));
        size = sizeAfter(r.body(), size);
      } else if (layer instanceof Linear l) {
        keep(l.name());
        result.add(l);
      } else if (layer instanceof MaxPool p) {
        result.add(p);
        size = Multiplications.reduced(size, p.kernel(), p.stride(), p.padding());
      } else if (!(layer instanceof Dropout)) {
        result.add(layer);
      }
    }
    return List.copyOf(poolsFirst(result));
  }

  /**
   * {@code max(relu(x)) = relu(max(x))}, bit for bit, and so is the gradient: where the largest
   * value of a window is not positive both give 0, elsewhere the window's largest value is the same
   * one. The rectifier then has a quarter of the values to look at.
   */
  private static List<Layer> poolsFirst(List<Layer> layers) {
    List<Layer> result = new ArrayList<>(layers);
    for (int i = 1; i < result.size(); i++) {
      if (result.get(i) instanceof MaxPool && result.get(i - 1) instanceof Relu) {
        Collections.swap(result, i - 1, i);
      }
    }
    return result;
  }

  /** {@code w' = w g / sqrt(var + eps)}, {@code b' = (b - mean) g / sqrt(var + eps) + beta}. */
  private Convolution foldNorm(Convolution convolution, BatchNorm norm) {
    float[] weight = values(convolution.name(), ".weight");
    float[] bias = convolution.bias() ? values(convolution.name(), ".bias") : null;
    float[] gamma = values(norm.name(), ".weight");
    float[] beta = values(norm.name(), ".bias");
    float[] mean = values(norm.name(), ".running_mean");
    float[] variance = values(norm.name(), ".running_var");
    int out = convolution.out();
    int each = weight.length / out;
    float[] newWeight = new float[weight.length];
    float[] newBias = new float[out];
    for (int o = 0; o < out; o++) {
      double scale = gamma[o] / Math.sqrt(variance[o] + EPS);
      for (int i = o * each; i < (o + 1) * each; i++) {
        newWeight[i] = (float) (weight[i] * scale);
      }
      newBias[o] = (float) (((bias == null ? 0 : bias[o]) - mean[o]) * scale + beta[o]);
    }
    String name = convolution.name();
    folded.put(name + ".weight", new Tensor(shape(name + ".weight"), newWeight));
    folded.put(name + ".bias", new Tensor(List.of(out), newBias));
    return new Convolution(
        name,
        convolution.in(),
        out,
        convolution.kernel(),
        convolution.stride(),
        convolution.padding(),
        true);
  }

  /** {@code W' = W (P (x) I_C)}: from C x 7 x 7 pooled inputs to C x size x size unpooled ones. */
  private Linear foldPooling(AveragePool pool, Linear linear, int size) {
    int pooled = pool.size() * pool.size();
    int cells = size * size;
    int channels = linear.in() / pooled;
    float[] pooling = AdaptivePooling.matrix(size, size, pool.size());
    float[] weight = values(linear.name(), ".weight");
    float[] newWeight = new float[linear.out() * channels * cells];
    for (int block = 0; block < linear.out() * channels; block++) {
      for (int cell = 0; cell < cells; cell++) {
        double sum = 0;
        for (int k = 0; k < pooled; k++) {
          sum += (double) pooling[cell * pooled + k] * weight[block * pooled + k];
        }
        newWeight[block * cells + cell] = (float) sum;
      }
    }
    int in = channels * cells;
    folded.put(linear.name() + ".weight", new Tensor(List.of(linear.out(), in), newWeight));
    folded.put(linear.name() + ".bias", tensors.get(linear.name() + ".bias"));
    return new Linear(linear.name(), in, linear.out());
  }

  private void keep(String layer) {
    for (String suffix : List.of(".weight", ".bias")) {
      folded.put(layer + suffix, tensors.get(layer + suffix));
    }
  }

  private static int sizeAfter(List<Layer> layers, int inputSize) {
    int size = inputSize;
    for (Layer layer : layers) {
      if (layer instanceof Convolution c) {
        size = Multiplications.reduced(size, c.kernel(), c.stride(), c.padding());
      }
    }
    return size;
  }

  private float[] values(String layer, String suffix) {
    return tensors.get(layer + suffix).values();
  }

  private List<Integer> shape(String name) {
    return tensors.get(name).shape();
  }
}
