package io.fouriermasks.training;

import io.fouriermasks.spectrum.FourierMask;

/**
 * What {@link MaskObjective} is on the device, on the heap and of one mask: the objective {@code
 * exp(d^2) + decay s} depends on a mask through the loss difference {@code d}, which the network
 * makes, and the sparsity {@code s}, which is linear.
 */
final class HalfPlaneObjective {

  private final double decay;
  private final float[] shares;

  /**
   * @param decay weight of the sparsity term
   * @param size side of the image in pixels
   */
  HalfPlaneObjective(double decay, int size) {
    this.decay = decay;
    int columns = FourierMask.columns(size);
    this.shares = new float[size * columns];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = FourierMask.multiplicity(size, i % columns) / (float) (size * size);
    }
  }

  /** Cells of the half plane. */
  int length() {
    return shares.length;
  }

  /** {@code ||M||_1 / ||M_0||_1} of a half plane. */
  double sparsity(float[] mask) {
    double sum = 0;
    for (int i = 0; i < mask.length; i++) {
      sum += shares[i] * (double) mask[i];
    }
    return sum;
  }

  /** The objective less 1, its value where nothing is lost or left: small values keep digits. */
  double excess(double lossDifference, double sparsity) {
    double exponent = lossDifference * lossDifference;
    double bounded = Math.min(exponent, MaskObjective.MAX_EXPONENT);
    return Math.expm1(bounded) + Math.exp(bounded) * (exponent - bounded) + decay * sparsity;
  }

  /** Of {@code exp(d^2)}, by {@code d}. */
  static double slope(double lossDifference) {
    double exponent = lossDifference * lossDifference;
    return 2 * lossDifference * Math.exp(Math.min(exponent, MaskObjective.MAX_EXPONENT));
  }

  /**
   * What a frequency does to the loss for what it costs in sparsity.
   *
   * @param gradient of the loss difference by the frequencies
   */
  float cost(int frequency, float[] gradient) {
    return gradient[frequency] / (float) (decay * shares[frequency]);
  }
}
