package io.fouriermasks.job;

import io.fouriermasks.store.Throughputs.Throughput;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Measures how fast a job trains, or disturbs frequencies, from what it says of its progress: the
 * longest stretch in which all images that began were still trained. Reading pictures and attacks
 * are not part of it.
 */
final class SpeedMeter {

  private static final double FEWEST_SECONDS = 2;
  private static final int FEWEST_STEPS = 20;

  private final LongSupplier nanoTime;
  private JobProgress first;
  private long firstNanos;
  private long steps;
  private double seconds;

  SpeedMeter(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  void progressed(JobProgress progress) {
    if (progress.phase() != JobProgress.Phase.TRAINING
        && progress.phase() != JobProgress.Phase.MEASURING) {
      return;
    }
    long now = nanoTime.getAsLong();
    if (first == null || !continues(progress)) {
      first = progress;
      firstNanos = now;
      return;
    }
    double elapsed = (now - firstNanos) / 1e9;
    if (elapsed > seconds) {
      steps = stepsOf(progress) - stepsOf(first);
      seconds = elapsed;
    }
  }

  /** What was measured; empty if it was too short to tell. */
  Optional<Throughput> measured(int batch) {
    return seconds < FEWEST_SECONDS || steps < FEWEST_STEPS
        ? Optional.empty()
        : Optional.of(new Throughput(batch, steps, seconds));
  }

  /** A step moves fewer masks once one of them is done; the next mask of a class begins anew. */
  private boolean continues(JobProgress progress) {
    return stepsOf(progress) >= stepsOf(first)
        && (!isOfImages(progress) || progress.done() == first.done());
  }

  private static long stepsOf(JobProgress progress) {
    return isOfImages(progress) ? progress.step() : progress.done();
  }

  private static boolean isOfImages(JobProgress progress) {
    return progress.unit().equals("mask");
  }
}
