package io.fouriermasks.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Adam (Kingma and Ba 2015) by PyTorch's formula, without weight decay, for one parameter array:
 * {@code m = b1 m + (1 - b1) g}, {@code v = b2 v + (1 - b2) g^2}, {@code p -= lr / (1 - b1^t) m /
 * (sqrt(v) / sqrt(1 - b2^t) + eps)}. Beta1 may change from step to step, as under a one-cycle
 * schedule. The learning rate, beta1 and the step number may differ along the first axis.
 */
final class Adam {

  private static final double BETA2 = 0.999;
  private static final float EPS = 1e-8f;

  private final NDArray firstMoment;
  private final NDArray secondMoment;

  private Adam(NDArray firstMoment, NDArray secondMoment) {
    this.firstMoment = firstMoment;
    this.secondMoment = secondMoment;
  }

  /** Moments of zero for a parameter of this shape, attached to the manager. */
  static Adam of(NDManager manager, Shape shape) {
    return new Adam(manager.zeros(shape), manager.zeros(shape));
  }

  /** Moments taken over from elsewhere. */
  static Adam of(NDArray firstMoment, NDArray secondMoment) {
    return new Adam(firstMoment, secondMoment);
  }

  NDArray firstMoment() {
    return firstMoment;
  }

  NDArray secondMoment() {
    return secondMoment;
  }

  /**
   * The factors of one step, as arrays that broadcast against the parameter.
   *
   * @param beta1 weight of the old first moment
   * @param rest1 {@code 1 - beta1}
   * @param stepSize {@code lr / (1 - beta1^t)}
   * @param rootCorrection {@code sqrt(1 - beta2^t)}
   */
  record Factors(NDArray beta1, NDArray rest1, NDArray stepSize, NDArray rootCorrection) {

    /** The same for the whole parameter. {@code step} counts from 1. */
    static Factors of(NDManager manager, double learningRate, double beta1, long step) {
      return of(manager, new Shape(), new double[] {learningRate}, new double[] {beta1}, step);
    }

    private static Factors of(
        NDManager manager, Shape shape, double[] learningRates, double[] beta1s, long... steps) {
      int n = learningRates.length;
      float[] beta1 = new float[n];
      float[] rest1 = new float[n];
      float[] stepSize = new float[n];
      float[] root = new float[n];
      for (int i = 0; i < n; i++) {
        beta1[i] = (float) beta1s[i];
        rest1[i] = (float) (1 - beta1s[i]);
        stepSize[i] = (float) (learningRates[i] / (1 - Math.pow(beta1s[i], (double) steps[i])));
        root[i] = (float) Math.sqrt(1 - Math.pow(BETA2, (double) steps[i]));
      }
      return new Factors(
          manager.create(beta1, shape),
          manager.create(rest1, shape),
          manager.create(stepSize, shape),
          manager.create(root, shape));
    }

    /** One set for each index of the first axis of a four-dimensional parameter. */
    static Factors of(NDManager manager, double[] learningRates, double[] beta1s, long[] steps) {
      return of(manager, new Shape(steps.length, 1, 1, 1), learningRates, beta1s, steps);
    }
  }

  /**
   * Changes the parameter in place.
   *
   * @param gradient may be overwritten
   * @param scratch manager of the step, takes what is left over
   */
  void step(NDArray parameter, NDArray gradient, Factors factors, NDManager scratch) {
    gradient.attach(scratch);
    firstMoment.muli(factors.beta1());
    firstMoment.addi(gradient.mul(factors.rest1()));
    gradient.muli(gradient).muli((float) (1 - BETA2));
    secondMoment.muli((float) BETA2).addi(gradient);
    NDArray denominator = secondMoment.sqrt();
    denominator.attach(scratch);
    denominator.divi(factors.rootCorrection()).addi(EPS);
    NDArray update = firstMoment.div(denominator);
    update.attach(scratch);
    parameter.subi(update.muli(factors.stepSize()));
  }
}
