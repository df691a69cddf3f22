package io.fouriermasks.network;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import io.fouriermasks.network.Layer.Convolution;
import io.fouriermasks.network.Layer.MaxPool;
import io.fouriermasks.network.Layer.Relu;
import java.util.List;
import java.util.Optional;

/**
 * oneDNN's own layout of a tensor on the CPU, in which the channels lie in blocks that fill a
 * vector register. libtorch otherwise changes every input of a convolution to this layout and every
 * output back; layers that are given their input in it work in it, and hand it on. Safe for use by
 * several threads.
 *
 * <p>No two such tensors may be added: libtorch 2.7.1 divides by the size of the processor's cache
 * for that, which some virtual machines report as zero, and the process ends. The gradients of a
 * tensor that two layers use are added, too.
 */
final class BlockedLayout implements AutoCloseable {

  private final TorchScript toBlocked;
  private final TorchScript toPlain; // DJL's own toDense() drops the gradient
  private final NDArray identity;
  private final int depth;

  private BlockedLayout(NDManager manager, int depth, int channels) {
    this.depth = depth;
    this.toBlocked = TorchScript.compile("torch.to_mkldnn(x)", manager.getDevice());
    this.toPlain = TorchScript.compile("torch.to_dense(x)", manager.getDevice());
    this.identity = manager.zeros(new Shape(channels, 1, 3, 3));
    identity.set(new NDIndex(":, 0, 1, 1"), 1);
  }

  /**
   * The layout for a network on a manager's device.
   *
   * @return none where nothing is gained by it, on a GPU or if the network does not begin with a
   *     convolution and a pooling, or where libtorch was built without oneDNN
   */
  static Optional<BlockedLayout> on(NDManager manager, List<Layer> layers) {
    List<Layer> first = layers.stream().takeWhile(BlockedLayout::worksIn).toList();
    if (manager.getDevice().isGpu() || first.stream().noneMatch(MaxPool.class::isInstance)) {
      return Optional.empty();
    }
    int channels =
        first.stream()
            .filter(Convolution.class::isInstance)
            .mapToInt(layer -> ((Convolution) layer).out())
            .reduce(1, (before, after) -> after);
    BlockedLayout layout = new BlockedLayout(manager, first.size(), channels);
    try (NDManager scratch = manager.newSubManager()) {
      layout.enter(scratch.zeros(new Shape(1, 1, 1, 1)));
      return Optional.of(layout);
    } catch (EngineException e) {
      layout.close();
      return Optional.empty();
    }
  }

  private static boolean worksIn(Layer layer) {
    return layer instanceof Convolution || layer instanceof MaxPool || layer instanceof Relu;
  }

  /** Number of layers at the network's beginning that work in it. */
  int depth() {
    return depth;
  }

  /** The same values in the blocked layout, differentiable, attached to the same manager. */
  NDArray enter(NDArray plain) {
    return toBlocked.of(plain);
  }

  /**
   * The same values in the plain layout, differentiable, attached to the same manager. On its way
   * back a gradient is given blocks only by a convolution, and without them the gradient of a
   * pooling takes twenty times as long; so there is one here, with the identity.
   */
  NDArray leave(NDArray blocked) {
    Shape one = new Shape(1, 1);
    int channels = (int) identity.getShape().get(0);
    NDArray same =
        Conv2d.conv2d(blocked, identity, null, one, one, one, channels).singletonOrThrow();
    return toPlain.of(same);
  }

  @Override
  public void close() {
    toBlocked.close();
    toPlain.close();
    identity.close();
  }
}
