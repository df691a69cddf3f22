package io.fouriermasks.attack;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.fouriermasks.network.GradientLease;
import java.util.function.UnaryOperator;

/** The direction in which the cross-entropy of a batch rises. */
final class LossGradient {

  private LossGradient() {}

  /**
   * The sign of the gradient with respect to the images. The losses are summed: each image's
   * gradient is its own, whatever the size of the batch.
   *
   * @return -1, 0 or 1, shaped as the images and attached to their manager
   */
  static NDArray sign(UnaryOperator<NDArray> classifier, NDArray images, NDArray labels) {
    try (NDManager scratch = images.getManager().newSubManager();
        GradientLease lease = GradientLease.acquire()) {
      NDArray leaf = images.duplicate();
      leaf.attach(scratch);
      leaf.setRequiresGradient(true);
      lease.backward(classifier.apply(leaf).logSoftmax(1).gather(labels, 1).neg().sum());
      NDArray gradient = leaf.getGradient();
      gradient.attach(scratch);
      NDArray sign = gradient.sign();
      sign.attach(images.getManager());
      return sign;
    }
  }
}
