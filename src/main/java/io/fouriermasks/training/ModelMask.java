package io.fouriermasks.training;

import io.fouriermasks.spectrum.FourierMask;

/**
 * The trained mask of a whole model, or of one class, with the record of its training.
 *
 * @param mask of the last epoch whose accuracy was high enough; where there is none, or the
 *     training was cut short, the last finite mask
 * @param unmaskedAccuracy share of the images classified right without mask, in [0, 1]; NaN if it
 *     was cancelled before that was known
 * @param maskedAccuracy the same through the mask; NaN if it was cancelled
 * @param invariance mean of each finished epoch
 * @param sparsity at the end of each finished epoch
 * @param accuracy through the mask at the end of each finished epoch
 * @param stopReason why it ended
 * @param boundedSteps steps in which the exponent of the objective had to be bounded to stay finite
 * @param keptEpoch epoch whose end the mask is from, 0 if it is merely the last one
 * @param steps optimiser steps taken
 * @param seconds wall-clock time of the training, those before an interruption included
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record ModelMask(
    FourierMask mask,
    double unmaskedAccuracy,
    double maskedAccuracy,
    float[] invariance,
    float[] sparsity,
    float[] accuracy,
    StopReason stopReason,
    int boundedSteps,
    int keptEpoch,
    int steps,
    double seconds) {

  /** Number of finished epochs. */
  public int epochs() {
    return invariance.length;
  }

  /**
   * Whether the mask keeps the accuracy that it has to: a training may run to its end without
   * finding such a mask (trap D5).
   */
  public boolean converged() {
    return keptEpoch > 0;
  }
}
