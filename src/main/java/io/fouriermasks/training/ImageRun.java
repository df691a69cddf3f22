package io.fouriermasks.training;

import io.fouriermasks.spectrum.FourierMask;
import java.util.Arrays;

/** The record of one image's training, on the heap, and its stopping rule. */
final class ImageRun {

  private final int image;
  private final ImageMaskSettings settings;
  private final MaskBatch.Clean clean;
  private final long startNanos;
  private float[] invariance = new float[512];
  private float[] sparsity = new float[512];
  private int steps;
  private int quietSteps;
  private int boundedSteps;

  ImageRun(int image, ImageMaskSettings settings, MaskBatch.Clean clean, long startNanos) {
    this.image = image;
    this.settings = settings;
    this.clean = clean;
    this.startNanos = startNanos;
  }

  int image() {
    return image;
  }

  int label() {
    return clean.label();
  }

  int steps() {
    return steps;
  }

  int quietSteps() {
    return quietSteps;
  }

  /** Notes the values before a step that is now taken. */
  void record(float invarianceBefore, float sparsityBefore, boolean bounded) {
    if (steps == invariance.length) {
      invariance = Arrays.copyOf(invariance, 2 * steps);
      sparsity = Arrays.copyOf(sparsity, 2 * steps);
    }
    invariance[steps] = invarianceBefore;
    sparsity[steps] = sparsityBefore;
    steps++;
    if (bounded) {
      boundedSteps++;
    }
  }

  /**
   * Judges the last step, knowing what is predicted through the mask that it led to: the step is
   * quiet when invariance and sparsity have hardly moved. While the prediction differs from the
   * label the count is frozen, neither raised nor reset (trap D14).
   */
  void judge(int prediction) {
    if (steps < 2 || prediction != clean.label()) {
      return;
    }
    boolean quiet =
        Math.abs(invariance[steps - 1] - invariance[steps - 2]) <= settings.invarianceTolerance()
            && Math.abs(sparsity[steps - 1] - sparsity[steps - 2]) <= settings.sparsityTolerance();
    quietSteps = quiet ? quietSteps + 1 : 0;
  }

  boolean hasConverged() {
    return quietSteps >= settings.quietSteps();
  }

  boolean isAtStepLimit() {
    return steps >= settings.maxSteps();
  }

  ImageMask finish(FourierMask mask, float[] maskedLogits, StopReason reason, long nanos) {
    return new ImageMask(
        mask,
        clean.label(),
        clean.loss(),
        clean.logits(),
        maskedLogits,
        Arrays.copyOf(invariance, steps),
        Arrays.copyOf(sparsity, steps),
        reason,
        boundedSteps,
        (nanos - startNanos) / 1e9);
  }
}
