package io.fouriermasks.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs layers on tensors. Every result is attached to the manager of the input, so a step's arrays
 * go when the step's manager is closed.
 */
final class Forward {

  private static final float EPS = 1e-5f;
  // DJL's momentum is one minus PyTorch's 0.1
  private static final float MOMENTUM = 0.9f;

  /**
   * libtorch does not give oneDNN a convolution of a single image with fewer values than this. Its
   * own takes about as long as oneDNN for two images, and may warn at every call.
   */
  private static final long SMALL = 20_480;

  private final Map<String, NDArray> tensors;
  private final boolean training;
  private final Optional<BlockedLayout> layout;

  /** In the plain layout. */
  Forward(Map<String, NDArray> tensors, boolean training) {
    this(tensors, training, Optional.empty());
  }

  /** In eval mode; the first layers in the blocked layout, if one is given. */
  Forward(Map<String, NDArray> tensors, Optional<BlockedLayout> layout) {
    this(tensors, false, layout);
  }

  private Forward(Map<String, NDArray> tensors, boolean training, Optional<BlockedLayout> layout) {
    this.tensors = tensors;
    this.training = training;
    this.layout = layout;
  }

  NDArray run(List<Layer> layers, NDArray input) {
    if (layout.isEmpty()) {
      return inTurn(layers, input);
    }
    int blocked = layout.get().depth();
    NDArray x = layout.get().enter(input);
    for (Layer layer : layers.subList(0, blocked)) {
      x = layer instanceof Layer.Convolution c ? convolve(c, x) : run(layer, x);
    }
    NDArray result = inTurn(layers.subList(blocked, layers.size()), layout.get().leave(x));
    return result.add(nanWhereNotFinite(input).reshape(input.getShape().get(0), 1));
  }

  /**
   * Zero for each image, NaN for one that is not finite. oneDNN's rectifier makes 0 of a NaN, so
   * that such an image would get logits like any other.
   */
  private static NDArray nanWhereNotFinite(NDArray images) {
    return images.stopGradient().reshape(images.getShape().get(0), -1).sum(new int[] {1}).mul(0);
  }

  private NDArray inTurn(List<Layer> layers, NDArray input) {
    NDArray x = input;
    for (Layer layer : layers) {
      x = run(layer, x);
    }
    return x;
  }

  private NDArray run(Layer layer, NDArray x) {
    if (layer instanceof Layer.Convolution c) {
      return convolution(c, x);
    } else if (layer instanceof Layer.BatchNorm b) {
      return batchNorm(b.name(), x);
    } else if (layer instanceof Layer.Relu) {
      return Activation.relu(x);
    } else if (layer instanceof Layer.MaxPool p) {
      return Pool.maxPool2d(
          x,
          new Shape(p.kernel(), p.kernel()),
          new Shape(p.stride(), p.stride()),
          new Shape(p.padding(), p.padding()),
          false);
    } else if (layer instanceof Layer.AveragePool p) {
      return averagePool(x, p.size());
    } else if (layer instanceof Layer.Flatten) {
      return x.reshape(x.getShape().get(0), -1);
    } else if (layer instanceof Layer.Dropout d) {
      return training ? Dropout.dropout(x, d.rate(), true).singletonOrThrow() : x;
    } else if (layer instanceof Layer.Linear l) {
      return linear(l, x);
    } else if (layer instanceof Layer.Residual r) {
      return inTurn(r.body(), x)
          .addi(inTurn(r.shortcut(), x)); // no layer needs its own result for its gradient
    }
    throw new IllegalStateException("No rule for the layer " + layer);
  }

  private NDArray convolution(Layer.Convolution c, NDArray x) {
    boolean doubled = x.getShape().get(0) == 1 && x.size() <= SMALL;
    NDArray input = doubled ? x.concat(x, 0) : x;
    NDArray result = convolve(c, input);
    return doubled ? result.get("0:1") : result;
  }

  private NDArray convolve(Layer.Convolution c, NDArray x) {
    return Conv2d.conv2d(
            x,
            tensor(c.name(), ".weight"),
            c.bias() ? tensor(c.name(), ".bias") : null,
            new Shape(c.stride(), c.stride()),
            new Shape(c.padding(), c.padding()),
            new Shape(1, 1))
        .singletonOrThrow();
  }

  private NDArray linear(Layer.Linear l, NDArray x) {
    boolean doubled = x.getShape().get(0) == 1;
    NDArray input = doubled ? x.concat(x, 0) : x;
    NDArray result =
        Linear.linear(input, tensor(l.name(), ".weight"), tensor(l.name(), ".bias"))
            .singletonOrThrow();
    return doubled ? result.get("0:1") : result;
  }

  private NDArray batchNorm(String name, NDArray x) {
    NDList result =
        BatchNorm.batchNorm(
            x,
            tensor(name, ".running_mean"),
            tensor(name, ".running_var"),
            tensor(name, ".weight"),
            tensor(name, ".bias"),
            -1, // the engine's own channel axis; any other value makes it copy
            MOMENTUM,
            EPS,
            training);
    return result.singletonOrThrow();
  }

  private static NDArray averagePool(NDArray x, int size) {
    if (size == 1) {
      return Pool.globalAvgPool2d(x);
    }
    // N x C x (H W) times the constant (H W) x (size size): every output is a mean of inputs
    Shape shape = x.getShape();
    int height = (int) shape.get(2);
    int width = (int) shape.get(3);
    try (NDManager scratch = x.getManager().newSubManager()) {
      NDArray pooling =
          scratch.create(
              AdaptivePooling.matrix(height, width, size),
              new Shape((long) height * width, (long) size * size));
      return x.reshape(shape.get(0), shape.get(1), (long) height * width).matMul(pooling);
    }
  }

  private NDArray tensor(String layer, String suffix) {
    NDArray tensor = tensors.get(layer + suffix);
    if (tensor == null) {
      throw new IllegalStateException("There is no tensor " + layer + suffix);
    }
    return tensor;
  }
}
