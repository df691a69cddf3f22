package io.fouriermasks.job;

import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.training.Checkpoint;
import io.fouriermasks.training.MaskEpoch;
import io.fouriermasks.training.MaskStep;
import io.fouriermasks.training.ModelMaskSettings;
import io.fouriermasks.training.TrainingListener;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Turns what the training of a mask over many images reports into the output of a job. */
final class SharedMaskRecorder implements TrainingListener {

  private final Integer index;
  private final ModelMaskSettings settings;
  private final JobOutput output;
  private final JobCheckpoint checkpoint;
  private final BooleanSupplier isStopped;
  private final PreviewSchedule previews = new PreviewSchedule(1, System::nanoTime);
  private final StepRate rate;
  private int quietEpochs;
  private int stepsAnEpoch;

  /**
   * @param index of the class in the job's specification, or null
   * @param before steps of an earlier run
   */
  SharedMaskRecorder(
      Integer index,
      ModelMaskSettings settings,
      long before,
      JobOutput output,
      JobCheckpoint checkpoint,
      BooleanSupplier isStopped) {
    this.index = index;
    this.settings = settings;
    this.output = output;
    this.checkpoint = checkpoint;
    this.isStopped = isStopped;
    this.rate = new StepRate(before, System::nanoTime);
  }

  @Override
  public boolean isCancelled() {
    return isStopped.getAsBoolean() || output.hasFailed();
  }

  @Override
  public boolean wantsCheckpoint() {
    return checkpoint.isWanted();
  }

  @Override
  public void onCheckpoint(Checkpoint state) {
    checkpoint.write(state);
  }

  @Override
  public void onMaskStep(MaskStep step) {
    output.meters().stepped(1, step.images());
    stepsAnEpoch = step.steps() / settings.epochs();
    if (PointSchedule.keeps(step.step())) {
      Map<String, Number> values = new LinkedHashMap<>();
      values.put("invariance", step.invariance());
      values.put("sparsity", step.sparsity());
      values.put("learningRate", step.learningRate());
      output.point(index, step.step(), values);
    }
    if (rate.step(step.step())) {
      output.progress(progress(step));
    }
  }

  @Override
  public boolean wantsMask(int step) {
    return previews.isDue(0, step);
  }

  @Override
  public void onMask(int step, FourierMask mask) {
    output.preview(
        index,
        step,
        () -> new PreviewFiles(mask.sparsity(), output.values(mask.fullPlane()), null));
  }

  @Override
  public void onMaskEpoch(MaskEpoch epoch) {
    quietEpochs = epoch.quietEpochs();
    Map<String, Number> values = new LinkedHashMap<>();
    values.put("accuracy", epoch.maskedAccuracy());
    values.put("unmaskedAccuracy", epoch.unmaskedAccuracy());
    values.put("epoch", epoch.epoch());
    output.point(index, epoch.epoch() * stepsAnEpoch, values);
  }

  private JobProgress progress(MaskStep step) {
    long quietSteps = (long) (settings.quietEpochs() - quietEpochs) * stepsAnEpoch;
    long ofThisEpoch = (step.step() - 1L) % stepsAnEpoch + 1;
    return new JobProgress(
        JobProgress.Phase.TRAINING,
        "step",
        step.step(),
        step.steps(),
        step.step(),
        null,
        step.epoch(),
        settings.epochs(),
        quietEpochs,
        settings.quietEpochs(),
        rate.recent(),
        quietEpochs > 0 ? rate.secondsFor(Math.max(0, quietSteps - ofThisEpoch)) : null,
        rate.secondsFor(step.steps() - (long) step.step()));
  }
}
