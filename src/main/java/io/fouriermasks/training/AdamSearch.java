package io.fouriermasks.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.fouriermasks.network.Tensor;
import io.fouriermasks.spectrum.FourierMask;
import java.util.List;
import java.util.Map;

/**
 * The published rule: Adam on the objective under a one-cycle schedule, each step clamped to [0,
 * 1]. The mask before a step is the one that the pass saw.
 */
final class AdamSearch implements MaskSearch {

  private final ImageMaskSettings settings;
  private final OneCycle schedule;
  private final MaskObjective objective;
  private final NDManager manager;
  private final int size;
  private final RowArray firstMoments;
  private final RowArray secondMoments;
  private final RowArray seen;
  private final RowArray earlier;

  AdamSearch(ImageMaskSettings settings, NDManager manager, int size) {
    this.settings = settings;
    this.schedule =
        new OneCycle(settings.maxLearningRate(), settings.scheduleSteps(), settings.warmUp());
    this.objective = new MaskObjective(manager, size, settings.decay());
    this.manager = manager;
    this.size = size;
    this.firstMoments = new RowArray(manager);
    this.secondMoments = new RowArray(manager);
    this.seen = new RowArray(manager);
    this.earlier = new RowArray(manager);
  }

  @Override
  public void admit(int images) {
    Shape halfPlanes = new Shape(images, 1, size, FourierMask.columns(size));
    try (NDArray zeros = manager.zeros(halfPlanes);
        NDArray ones = manager.ones(halfPlanes)) {
      firstMoments.append(zeros);
      secondMoments.append(zeros);
      seen.append(ones);
      earlier.append(ones);
    }
  }

  @Override
  public void retain(int[] rows) {
    firstMoments.retain(rows);
    secondMoments.retain(rows);
    seen.retain(rows);
    earlier.retain(rows);
  }

  @Override
  public NDArray differentiated(NDArray difference) {
    return MaskObjective.boundedExp(difference.square());
  }

  @Override
  public MaskBatch.Observation move(
      List<ImageRun> runs,
      RowArray masks,
      NDArray gradient,
      MaskBatch.Observation found,
      NDManager scratch) {
    NDArray before = masks.array().duplicate();
    before.attach(scratch); // with what is computed of it, until it is kept
    objective.complete(gradient, before);
    Adam.of(firstMoments.array(), secondMoments.array())
        .step(masks.array(), gradient, factors(runs, scratch), scratch);
    masks.replace(MaskObjective.clamped(masks.array(), scratch));
    earlier.takeFrom(seen);
    seen.replace(before);
    return found;
  }

  private Adam.Factors factors(List<ImageRun> runs, NDManager scratch) {
    double[] learningRates = new double[runs.size()];
    double[] beta1s = new double[runs.size()];
    long[] steps = new long[runs.size()];
    for (int row = 0; row < runs.size(); row++) {
      long taken = runs.get(row).steps();
      learningRates[row] = schedule.learningRate(taken);
      beta1s[row] = schedule.beta1(taken);
      steps[row] = taken + 1;
    }
    return Adam.Factors.of(scratch, learningRates, beta1s, steps);
  }

  /**
   * The step is quiet when invariance and sparsity have hardly moved. While the prediction through
   * the mask that it led to differs from the label the count is frozen, neither raised nor reset
   * (trap D14).
   */
  @Override
  public void judge(int row, ImageRun run, int prediction) {
    if (run.steps() < 2 || prediction != run.label()) {
      return;
    }
    run.countQuiet(
        run.invarianceChange() <= settings.invarianceTolerance()
            && run.sparsityChange() <= settings.sparsityTolerance());
  }

  @Override
  public boolean hasConverged(int row, ImageRun run) {
    return run.quietSteps() >= settings.quietSteps();
  }

  @Override
  public double stepLength(int row, ImageRun run) {
    return schedule.learningRate(run.steps() - 1);
  }

  @Override
  public FourierMask standing(int row, RowArray masks) {
    return FourierMask.ofHalfPlane(size, masks.row(row));
  }

  /** The last pass's own mask, or if it was not finite the one before. */
  @Override
  public FourierMask result(int row, StopReason reason) {
    RowArray source = reason == StopReason.NON_FINITE ? earlier : seen;
    return FourierMask.ofHalfPlane(size, source.row(row));
  }

  @Override
  public void save(Map<String, String> state, Map<String, Tensor> tensors) {
    tensors.put("firstMoments", firstMoments.save());
    tensors.put("secondMoments", secondMoments.save());
    tensors.put("seen", seen.save());
    tensors.put("earlier", earlier.save());
  }

  @Override
  public void restore(Checkpoint from, int rows) {
    firstMoments.restore(from.tensor("firstMoments"));
    secondMoments.restore(from.tensor("secondMoments"));
    seen.restore(from.tensor("seen"));
    earlier.restore(from.tensor("earlier"));
  }
}
