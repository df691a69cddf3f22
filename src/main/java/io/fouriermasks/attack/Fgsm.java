package io.fouriermasks.attack;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;

/**
 * The fast gradient sign method (Goodfellow et al. 2015): {@code x + eps sign(grad CE(f(x), y))}.
 *
 * @param eps L-infinity distance in normalised units: those of the network's input after mean and
 *     standard deviation; times the standard deviation it is a share of the pixel range
 */
public record Fgsm(float eps) {

  /** The scripts' default. */
  public static final Fgsm PAPER = new Fgsm(0.007f);

  public Fgsm {
    if (!(eps >= 0 && eps < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("eps must be a distance of 0 or more, not " + eps);
    }
  }

  /**
   * Attacks a batch. The result is clamped to the smallest and the largest value of the batch (trap
   * D4 of the published scripts).
   *
   * @param classifier gives logits N x classes in eval mode
   * @param images N x 1 x size x size, normalised; not changed
   * @param labels N x 1, int64: whose cross-entropy is raised
   * @return attacked images, attached to the manager of the images
   */
  public NDArray attack(UnaryOperator<NDArray> classifier, NDArray images, NDArray labels) {
    Range range = Range.of(images);
    NDArray sign = LossGradient.sign(classifier, images, labels);
    return range.clamp(images.add(sign.muli(eps)));
  }
}
