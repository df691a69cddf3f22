package io.fouriermasks.job;

import io.fouriermasks.analysis.AnalysisListener;
import io.fouriermasks.store.Throughputs.Throughput;
import io.fouriermasks.training.ImageStep;
import io.fouriermasks.training.MaskStep;
import io.fouriermasks.training.ModelBatch;
import io.fouriermasks.training.TrainingListener;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Times the steps of a short measurement and ends it. The first step only starts the clock: what is
 * done once, such as loading code, is not part of the speed.
 */
final class TrialClock implements TrainingListener, AnalysisListener {

  /** So long it measures, or until the second step, whichever is later. */
  static final long ENOUGH_NANOS = 5_000_000_000L;

  /** What is too slow for this is not measured. */
  static final long MOST_NANOS = 60_000_000_000L;

  private final LongSupplier nanoTime;
  private final long begun;
  private Reached first;
  private Reached last;

  private record Reached(long step, long nanos) {}

  TrialClock(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.begun = nanoTime.getAsLong();
  }

  @Override
  public boolean isCancelled() {
    long now = nanoTime.getAsLong();
    boolean isMeasured = first != null && last.step() > first.step();
    return (isMeasured && now - first.nanos() >= ENOUGH_NANOS) || now - begun >= MOST_NANOS;
  }

  /** The masks of images are trained together: the steps of the first are those of all. */
  @Override
  public void onImageStep(ImageStep step) {
    if (step.image() == 0) {
      reached(step.step());
    }
  }

  @Override
  public void onMaskStep(MaskStep step) {
    reached(step.step());
  }

  @Override
  public void onModelBatch(ModelBatch batch) {
    reached((long) (batch.epoch() - 1) * batch.batches() + batch.batch());
  }

  @Override
  public void onProgress(int done) {
    reached(done);
  }

  private void reached(long step) {
    last = new Reached(step, nanoTime.getAsLong());
    if (first == null) {
      first = last;
    }
  }

  /** What was measured; empty if no two steps were reached. */
  Optional<Throughput> measured(int batch) {
    if (first == null || last.nanos() <= first.nanos()) {
      return Optional.empty();
    }
    return Optional.of(
        new Throughput(batch, last.step() - first.step(), (last.nanos() - first.nanos()) / 1e9));
  }
}
