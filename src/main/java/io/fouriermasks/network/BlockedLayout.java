package io.fouriermasks.network;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
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

  private BlockedLayout(NDManager manager, int channels) {
    this.toBlocked = TorchScript.compile("torch.to_mkldnn(x)", manager.getDevice());
    this.toPlain = TorchScript.compile("torch.to_dense(x)", manager.getDevice());
    this.identity = manager.zeros(new Shape(channels, 1, 3, 3));
    identity.set(new NDIndex(":, 0, 1, 1"), 1);
  }

  /**
   * The layout on a manager's device.
   *
   * @param channels of the tensors that will leave it
   * @return none on a GPU, or where libtorch was built without oneDNN
   */
  static Optional<BlockedLayout> on(NDManager manager, int channels) {
    if (manager.getDevice().isGpu()) {
      return Optional.empty();
    }
    BlockedLayout layout = new BlockedLayout(manager, channels);
    try (NDManager scratch = manager.newSubManager()) {
      layout.enter(scratch.zeros(new Shape(1, 1, 1, 1)));
      return Optional.of(layout);
    } catch (EngineException e) {
      layout.close();
      return Optional.empty();
    }
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
