package io.fouriermasks.attack;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Projected gradient descent in the L-infinity ball (Madry et al. 2018): steps along the sign of
 * the loss's gradient, each projected back into the ball around the image.
 *
 * @param eps radius of the ball in normalised units: those of the network's input after mean and
 *     standard deviation; times the standard deviation it is a share of the pixel range
 * @param step length of a step in the same units
 * @param steps number of steps
 */
public record Pgd(float eps, float step, int steps) {

  /**
   * The method's: eps 0.06 in normalised units, which is 3.46 / 255 of the pixel range at a
   * standard deviation of 0.226; 10 steps of eps / 8.
   */
  public static final Pgd PAPER = new Pgd(0.06f, 0.06f / 8, 10);

  public Pgd {
    if (!(eps >= 0 && eps < Float.POSITIVE_INFINITY)
        || !(step >= 0 && step < Float.POSITIVE_INFINITY)
        || steps < 1) {
      throw new IllegalArgumentException(
          "eps and step must be distances of 0 or more and steps at least 1, not %s, %s and %d"
              .formatted(eps, step, steps));
    }
  }

  /** Attacks a batch from the images themselves. Otherwise as the other method. */
  public NDArray attack(UnaryOperator<NDArray> classifier, NDArray images, NDArray labels) {
    return attack(classifier, images, labels, Optional.empty());
  }

  /**
   * Attacks a batch from a random place in the ball. The result is clamped to the smallest and the
   * largest value of the batch (trap D4 of the published scripts).
   *
   * @param classifier gives logits N x classes in eval mode
   * @param images N x 1 x size x size, normalised; not changed
   * @param labels N x 1, int64: whose cross-entropy is raised
   * @param random draws the start, uniform in the ball
   * @return attacked images, attached to the manager of the images
   */
  public NDArray attack(
      UnaryOperator<NDArray> classifier, NDArray images, NDArray labels, RandomGenerator random) {
    return attack(classifier, images, labels, Optional.of(random));
  }

  private NDArray attack(
      UnaryOperator<NDArray> classifier,
      NDArray images,
      NDArray labels,
      Optional<RandomGenerator> start) {
    NDManager manager = images.getManager();
    Range range = Range.of(images);
    NDArray attacked =
        start.map(random -> range.clamp(images.add(noise(images, random)))).orElse(images);
    try (NDArray low = images.sub(eps);
        NDArray high = images.add(eps)) {
      for (int i = 0; i < steps; i++) {
        try (NDManager scratch = manager.newSubManager()) {
          NDArray from = attacked.duplicate();
          from.attach(scratch);
          NDArray moved = LossGradient.sign(classifier, from, labels).muli(step).addi(from);
          NDArray inBall = NDArrays.minimum(NDArrays.maximum(moved, low), high);
          inBall.attach(scratch);
          NDArray next = range.clamp(inBall);
          next.attach(manager);
          if (attacked != images) {
            attacked.close();
          }
          attacked = next;
        }
      }
    }
    return attacked;
  }

  /** Drawn here and not by the engine, whose generator is one for the whole process. */
  private NDArray noise(NDArray images, RandomGenerator random) {
    float[] values = new float[Math.toIntExact(images.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = eps * (2 * random.nextFloat() - 1);
    }
    return images.getManager().create(values, images.getShape());
  }
}
