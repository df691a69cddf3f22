package io.fouriermasks.network;

import io.fouriermasks.network.Layer.BatchNorm;
import io.fouriermasks.network.Layer.Convolution;
import io.fouriermasks.network.Layer.Linear;
import io.fouriermasks.network.Layer.Residual;
import java.util.ArrayList;
import java.util.List;

/**
 * Name, shape and role of one tensor of an architecture.
 *
 * @param name torchvision's state-dict name
 * @param shape sizes of the axes, outermost first
 * @param role what the tensor does
 */
public record TensorShape(String name, List<Integer> shape, Role role) {

  /** What a tensor does in its layer. */
  public enum Role {
    CONVOLUTION_WEIGHT,
    CONVOLUTION_BIAS,
    NORM_WEIGHT,
    NORM_BIAS,
    RUNNING_MEAN,
    RUNNING_VARIANCE,
    LINEAR_WEIGHT,
    LINEAR_BIAS;

    /** Whether an optimiser changes it; running statistics are only tracked. */
    public boolean isTrained() {
      return this != RUNNING_MEAN && this != RUNNING_VARIANCE;
    }
  }

  /** Number of values. */
  public int elements() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /** The tensors of these layers, in order. */
  static List<TensorShape> of(List<Layer> layers) {
    List<TensorShape> tensors = new ArrayList<>();
    for (Layer layer : layers) {
      if (layer instanceof Convolution c) {
        List<Integer> shape = List.of(c.out(), c.in(), c.kernel(), c.kernel());
        tensors.add(new TensorShape(c.name() + ".weight", shape, Role.CONVOLUTION_WEIGHT));
        if (c.bias()) {
          tensors.add(new TensorShape(c.name() + ".bias", List.of(c.out()), Role.CONVOLUTION_BIAS));
        }
      } else if (layer instanceof BatchNorm b) {
        List<Integer> shape = List.of(b.channels());
        tensors.add(new TensorShape(b.name() + ".weight", shape, Role.NORM_WEIGHT));
        tensors.add(new TensorShape(b.name() + ".bias", shape, Role.NORM_BIAS));
        tensors.add(new TensorShape(b.name() + ".running_mean", shape, Role.RUNNING_MEAN));
        tensors.add(new TensorShape(b.name() + ".running_var", shape, Role.RUNNING_VARIANCE));
      } else if (layer instanceof Linear l) {
        tensors.add(
            new TensorShape(l.name() + ".weight", List.of(l.out(), l.in()), Role.LINEAR_WEIGHT));
        tensors.add(new TensorShape(l.name() + ".bias", List.of(l.out()), Role.LINEAR_BIAS));
      } else if (layer instanceof Residual r) {
        tensors.addAll(of(r.body()));
        tensors.addAll(of(r.shortcut()));
      }
    }
    return tensors;
  }
}
