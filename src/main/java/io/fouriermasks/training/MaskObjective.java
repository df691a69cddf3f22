package io.fouriermasks.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.fouriermasks.spectrum.FourierMask;

/**
 * The terms of a mask's objective {@code exp(d) + decay / ||M_0||_1 ||M||_1} on the device, for
 * masks that are kept as half planes. What is computed of masks belongs to the manager of the
 * masks, in between too: give it masks that belong to a step, or every step's arrays stay.
 */
final class MaskObjective {

  /**
   * Largest exponent that is taken: beyond it {@code exp(d)} goes on as a straight line. The
   * exponential itself overflows float32 at 88 and its gradient's square, which Adam keeps, at 44
   * (trap D13).
   */
  static final float MAX_EXPONENT = 40f;

  private final int size;
  private final float sparsityGradient;
  private final NDArray multiplicity;
  private final NDArray shares;

  /**
   * @param manager takes the constants
   * @param size side of the image in pixels
   * @param decay weight of the sparsity term
   */
  MaskObjective(NDManager manager, int size, double decay) {
    this.size = size;
    this.sparsityGradient = (float) (decay / ((double) size * size));
    int columns = FourierMask.columns(size);
    float[] times = new float[size * columns];
    float[] share = new float[size * columns];
    for (int i = 0; i < times.length; i++) {
      times[i] = FourierMask.multiplicity(size, i % columns);
      share[i] = times[i] / (size * size);
    }
    this.multiplicity = manager.create(times, new Shape(1, 1, size, columns));
    this.shares = manager.create(share, new Shape(times.length, 1));
  }

  /** One value an image, N x 1, of N x classes logits and N x 1 labels. */
  static NDArray crossEntropy(NDArray logits, NDArray labels) {
    return logits.logSoftmax(1).gather(labels, 1).neg();
  }

  /** {@code exp(d)} up to the bound, its tangent beyond; exact, and with the exact gradient. */
  static NDArray boundedExp(NDArray exponent) {
    NDArray bounded = exponent.minimum(MAX_EXPONENT);
    return bounded.exp().mul(exponent.sub(bounded).add(1f));
  }

  /** {@code ||M||_1 / ||M_0||_1} of N masks, N x 1, within 1e-4. */
  NDArray sparsity(NDArray masks) {
    return masks.reshape(masks.getShape().get(0), -1).matMul(shares);
  }

  /** The same of one mask, 1 x 1, within 1e-7: a sum in pairs loses less than a product. */
  NDArray exactSparsity(NDArray mask) {
    return mask.mul(multiplicity).sum().muli(1f / (size * size)).reshape(1, 1);
  }

  /**
   * Turns the gradient of the first term into that of the objective, in place. The half plane's
   * gradient counts a frequency and its conjugate; Adam is to see the full plane's, to walk the
   * full plane's path.
   *
   * @param masks that the gradient was taken at
   */
  void complete(NDArray gradient, NDArray masks) {
    gradient.divi(multiplicity).addi(masks.sign().muli(sparsityGradient));
  }

  /** A copy within [0, 1], attached to the scratch. */
  static NDArray clamped(NDArray masks, NDManager scratch) {
    // clip makes arrays of the bounds, too, and leaves them to the manager of what it clips
    NDArray view = masks.reshape(masks.getShape());
    view.attach(scratch);
    return view.clip(0f, 1f);
  }
}
