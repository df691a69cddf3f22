package io.fouriermasks.training;

import io.fouriermasks.network.Tensor;
import io.fouriermasks.spectrum.FourierMask;
import java.util.Arrays;
import java.util.Map;

/** The record of one image's training, on the heap. */
final class ImageRun {

  private final int image;
  private final SearchSettings settings;
  private final MaskBatch.Clean clean;
  private final long startNanos;
  private double secondsBefore;
  private float[] invariance = new float[512];
  private float[] sparsity = new float[512];
  private int steps;
  private int quietSteps;
  private int boundedSteps;

  ImageRun(int image, SearchSettings settings, MaskBatch.Clean clean, long startNanos) {
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

  /** Change of the invariance between the last two steps. */
  double invarianceChange() {
    return Math.abs(invariance[steps - 1] - invariance[steps - 2]);
  }

  /** Change of the sparsity between the last two steps. */
  double sparsityChange() {
    return Math.abs(sparsity[steps - 1] - sparsity[steps - 2]);
  }

  /** Counts the quiet steps in a row. */
  void countQuiet(boolean isQuiet) {
    quietSteps = isQuiet ? quietSteps + 1 : 0;
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
        seconds(nanos));
  }

  private double seconds(long nanos) {
    return secondsBefore + (nanos - startNanos) / 1e9;
  }

  /** Puts all of this into a checkpoint, under names that begin with the prefix. */
  void save(String prefix, Map<String, String> state, Map<String, Tensor> tensors, long nanos) {
    state.put(prefix + "image", Integer.toString(image));
    state.put(prefix + "label", Integer.toString(clean.label()));
    state.put(prefix + "quietSteps", Integer.toString(quietSteps));
    state.put(prefix + "boundedSteps", Integer.toString(boundedSteps));
    state.put(prefix + "seconds", Double.toString(seconds(nanos)));
    tensors.put(prefix + "cleanLogits", Tensor.of(clean.logits()));
    tensors.put(prefix + "cleanLoss", Tensor.of(new float[] {clean.loss()}));
    tensors.put(prefix + "invariance", Tensor.of(Arrays.copyOf(invariance, steps)));
    tensors.put(prefix + "sparsity", Tensor.of(Arrays.copyOf(sparsity, steps)));
  }

  /** What {@link #save} has put there. */
  static ImageRun restore(
      String prefix, Checkpoint from, SearchSettings settings, long startNanos) {
    MaskBatch.Clean clean =
        new MaskBatch.Clean(
            from.tensor(prefix + "cleanLogits").values(),
            Math.toIntExact(from.number(prefix + "label")),
            from.tensor(prefix + "cleanLoss").values()[0]);
    ImageRun run =
        new ImageRun(Math.toIntExact(from.number(prefix + "image")), settings, clean, startNanos);
    float[] invariances = from.tensor(prefix + "invariance").values();
    float[] sparsities = from.tensor(prefix + "sparsity").values();
    for (int i = 0; i < invariances.length; i++) {
      run.record(invariances[i], sparsities[i], false);
    }
    run.quietSteps = Math.toIntExact(from.number(prefix + "quietSteps"));
    run.boundedSteps = Math.toIntExact(from.number(prefix + "boundedSteps"));
    run.secondsBefore = from.real(prefix + "seconds");
    return run;
  }
}
