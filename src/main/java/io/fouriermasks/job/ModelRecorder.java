package io.fouriermasks.job;

import io.fouriermasks.training.Checkpoint;
import io.fouriermasks.training.ModelBatch;
import io.fouriermasks.training.ModelEpoch;
import io.fouriermasks.training.TrainingListener;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Turns what the training of a network reports into the output of a job. */
final class ModelRecorder implements TrainingListener {

  private final JobOutput output;
  private final JobCheckpoint checkpoint;
  private final BooleanSupplier isStopped;
  private final StepRate rate;
  private int batchesAnEpoch;

  /**
   * @param before steps of an earlier run
   */
  ModelRecorder(
      long before, JobOutput output, JobCheckpoint checkpoint, BooleanSupplier isStopped) {
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
  public void onModelBatch(ModelBatch batch) {
    output.meters().stepped(1, batch.images());
    batchesAnEpoch = batch.batches();
    int step = (batch.epoch() - 1) * batch.batches() + batch.batch();
    if (PointSchedule.keeps(step)) {
      Map<String, Number> values = new LinkedHashMap<>();
      values.put("loss", batch.loss());
      values.put("learningRate", batch.learningRate());
      output.point(null, step, values);
    }
    if (rate.step(step)) {
      output.progress(progress(batch, step));
    }
  }

  @Override
  public void onModelEpoch(ModelEpoch epoch) {
    Map<String, Number> values = new LinkedHashMap<>();
    values.put("evaluationLoss", epoch.evaluationLoss());
    values.put("accuracy", epoch.accuracy());
    values.put("trainLoss", epoch.trainLoss());
    values.put("epoch", epoch.epoch());
    output.point(null, epoch.epoch() * batchesAnEpoch, values);
  }

  private JobProgress progress(ModelBatch batch, int step) {
    int steps = batch.epochs() * batch.batches();
    return new JobProgress(
        JobProgress.Phase.TRAINING,
        "step",
        step,
        steps,
        step,
        null,
        batch.epoch(),
        batch.epochs(),
        null,
        null,
        rate.recent(),
        rate.secondsFor(steps - (long) step),
        null);
  }
}
