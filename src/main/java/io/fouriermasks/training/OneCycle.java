package io.fouriermasks.training;

/**
 * The one-cycle schedule (Smith and Topin 2017) exactly as PyTorch's {@code OneCycleLR} computes
 * it: cosine from {@code max / 25} up to {@code max} during the warm-up, then down to {@code max /
 * 250000}, while Adam's beta1 goes from 0.95 to 0.85 and back.
 *
 * @param maxLearningRate the peak
 * @param steps length of the schedule in optimiser steps
 * @param warmUp share of the steps in which the learning rate rises
 */
public record OneCycle(double maxLearningRate, long steps, double warmUp) {

  private static final double DIVISION = 25;
  private static final double FINAL_DIVISION = 1e4;
  private static final double BASE_MOMENTUM = 0.85;
  private static final double MAX_MOMENTUM = 0.95;

  public OneCycle {
    if (!(maxLearningRate > 0) || steps < 1 || !(warmUp >= 0 && warmUp <= 1)) {
      throw new IllegalArgumentException(
          "A one-cycle schedule needs a positive learning rate, at least one step and a warm-up in"
              + " [0, 1], not %s, %d and %s".formatted(maxLearningRate, steps, warmUp));
    }
  }

  /** Learning rate of step {@code step}, from 0; after the end the last one holds. */
  public double learningRate(long step) {
    double start = maxLearningRate / DIVISION;
    return isRising(step)
        ? cosine(start, maxLearningRate, rise(step))
        : cosine(maxLearningRate, start / FINAL_DIVISION, fall(step));
  }

  /** Adam's beta1 of step {@code step}, from 0. */
  public double beta1(long step) {
    return isRising(step)
        ? cosine(MAX_MOMENTUM, BASE_MOMENTUM, rise(step))
        : cosine(BASE_MOMENTUM, MAX_MOMENTUM, fall(step));
  }

  private double peak() {
    return warmUp * steps - 1;
  }

  private boolean isRising(long step) {
    return step <= peak();
  }

  private double rise(long step) {
    return peak() > 0 ? step / peak() : 1; // a warm-up of one step begins at the peak
  }

  private double fall(long step) {
    double end = steps - 1;
    return end == peak() ? 1 : (Math.min((double) step, end) - peak()) / (end - peak());
  }

  private static double cosine(double from, double to, double share) {
    return to + (from - to) / 2 * (Math.cos(Math.PI * share) + 1);
  }
}
