package io.fouriermasks.training;

import io.fouriermasks.network.Tensor;
import io.fouriermasks.spectrum.FourierMask;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The record of a shared mask's training, on the heap, and its stopping rule. */
final class ModelMaskRun {

  private static final String KEPT_MASK = "keptMask";
  private static final String INVARIANCES = "invariances";
  private static final String SPARSITIES = "sparsities";
  private static final String ACCURACIES = "accuracies";

  private final ModelMaskSettings settings;
  private final int images;
  private float[] invariances = {};
  private float[] sparsities = {};
  private float[] accuracies = {};
  private int position;
  private int steps;
  private double invarianceSum;
  private int boundedSteps;
  private int quietEpochs;
  private double sparsity = 1;
  private double accuracy;
  private FourierMask kept;
  private int keptEpoch;
  private double keptAccuracy;
  private double epochStartSeconds;

  ModelMaskRun(ModelMaskSettings settings, int images) {
    this.settings = settings;
    this.images = images;
  }

  /** Goes on from what {@link #save} noted. */
  static ModelMaskRun of(ModelMaskSettings settings, int images, int size, Checkpoint from) {
    ModelMaskRun run = new ModelMaskRun(settings, images);
    run.invariances = from.tensor(INVARIANCES).values();
    run.sparsities = from.tensor(SPARSITIES).values();
    run.accuracies = from.tensor(ACCURACIES).values();
    run.position = (int) from.number("position");
    run.steps = (int) from.steps();
    run.invarianceSum = from.real("invarianceSum");
    run.boundedSteps = (int) from.number("boundedSteps");
    run.quietEpochs = (int) from.number("quietEpochs");
    run.sparsity = from.real("sparsity");
    run.accuracy = from.real("accuracy");
    run.keptEpoch = (int) from.number("keptEpoch");
    run.keptAccuracy = from.real("keptAccuracy");
    run.epochStartSeconds = from.real("epochStartSeconds");
    if (run.keptEpoch > 0) {
      run.kept = FourierMask.ofHalfPlane(size, from.tensor(KEPT_MASK).values());
    }
    return run;
  }

  void save(Map<String, String> state, Map<String, Tensor> tensors) {
    tensors.put(INVARIANCES, new Tensor(List.of(epochs()), invariances));
    tensors.put(SPARSITIES, new Tensor(List.of(epochs()), sparsities));
    tensors.put(ACCURACIES, new Tensor(List.of(epochs()), accuracies));
    state.put("position", Integer.toString(position));
    state.put(Checkpoint.STEPS, Integer.toString(steps));
    state.put("invarianceSum", Double.toString(invarianceSum));
    state.put("boundedSteps", Integer.toString(boundedSteps));
    state.put("quietEpochs", Integer.toString(quietEpochs));
    state.put("sparsity", Double.toString(sparsity));
    state.put("accuracy", Double.toString(accuracy));
    state.put("keptEpoch", Integer.toString(keptEpoch));
    state.put("keptAccuracy", Double.toString(keptAccuracy));
    state.put("epochStartSeconds", Double.toString(epochStartSeconds));
    if (kept != null) {
      int size = kept.size();
      tensors.put(
          KEPT_MASK, new Tensor(List.of(size, FourierMask.columns(size)), kept.halfPlane()));
    }
  }

  /** Finished epochs. */
  int epochs() {
    return invariances.length;
  }

  /** Number of the epoch in work, from 1. */
  int epoch() {
    return epochs() + 1;
  }

  /** Steps taken in all. */
  int steps() {
    return steps;
  }

  /** Steps taken in this epoch. */
  int position() {
    return position;
  }

  /** Whether all that is left of the epoch is its evaluation. */
  boolean isEvaluationDue() {
    return position == stepsAnEpoch();
  }

  int stepsAnEpoch() {
    return (images + settings.batchSize() - 1) / settings.batchSize();
  }

  /** Images that have moved the mask, in all epochs, once {@code ahead} more steps are taken. */
  long imagesSeen(int ahead) {
    long inEpoch = ((long) position + ahead) * settings.batchSize();
    return (long) epochs() * images + Math.min(images, inEpoch);
  }

  /** Images of the next step, by the order of its epoch. */
  int[] next(int[] order, int ahead) {
    int from = (position + ahead) * settings.batchSize();
    return Arrays.copyOfRange(order, from, Math.min(images, from + settings.batchSize()));
  }

  /** Notes a step that was taken. */
  void record(SharedMask.Observation seen) {
    position++;
    steps++;
    for (float value : seen.invariance()) {
      invarianceSum += value;
    }
    boundedSteps += seen.isBounded() ? 1 : 0;
  }

  /** Ends the epoch: judges its mask by the stopping rule and keeps it if it is good enough. */
  MaskEpoch close(FourierMask mask, double maskedAccuracy, double unmasked, double seconds) {
    final int epoch = epoch();
    double previous = sparsity;
    sparsity = mask.sparsity();
    accuracy = maskedAccuracy;
    boolean goodEnough = accuracy >= settings.accuracyRatio() * unmasked;
    boolean quiet = goodEnough && Math.abs(sparsity - previous) <= settings.sparsityTolerance();
    quietEpochs = quiet ? quietEpochs + 1 : 0;
    if (goodEnough) {
      kept = mask;
      keptEpoch = epoch;
      keptAccuracy = accuracy;
    }
    double mean = invarianceSum / images;
    invariances = append(invariances, mean);
    sparsities = append(sparsities, sparsity);
    accuracies = append(accuracies, accuracy);
    MaskEpoch result =
        new MaskEpoch(
            epoch,
            settings.epochs(),
            mean,
            sparsity,
            accuracy,
            unmasked,
            quietEpochs,
            goodEnough,
            seconds - epochStartSeconds);
    position = 0;
    invarianceSum = 0;
    epochStartSeconds = seconds;
    return result;
  }

  /** Why the training is over; null while it is not. */
  StopReason reasonToStop() {
    if (quietEpochs >= settings.quietEpochs()) {
      return StopReason.CONVERGED;
    }
    return epochs() >= settings.epochs() ? StopReason.STEP_LIMIT : null;
  }

  /** The result after the last epoch: the kept mask, or else the last one. */
  ModelMask finish(FourierMask last, double unmasked, StopReason reason, double seconds) {
    return kept == null
        ? result(last, unmasked, accuracy, reason, 0, seconds)
        : result(kept, unmasked, keptAccuracy, reason, keptEpoch, seconds);
  }

  /** The result of a training that was cut short: the mask that it had reached. */
  ModelMask breakOff(
      FourierMask mask, double unmasked, double masked, StopReason reason, double seconds) {
    return result(mask, unmasked, masked, reason, 0, seconds);
  }

  private ModelMask result(
      FourierMask mask,
      double unmasked,
      double masked,
      StopReason reason,
      int fromEpoch,
      double seconds) {
    return new ModelMask(
        mask,
        unmasked,
        masked,
        invariances,
        sparsities,
        accuracies,
        reason,
        boundedSteps,
        fromEpoch,
        steps,
        seconds);
  }

  private static float[] append(float[] values, double value) {
    float[] longer = Arrays.copyOf(values, values.length + 1);
    longer[values.length] = (float) value;
    return longer;
  }
}
