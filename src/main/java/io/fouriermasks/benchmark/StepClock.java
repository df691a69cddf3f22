package io.fouriermasks.benchmark;

import io.fouriermasks.training.TrainingListener;
import java.util.function.LongSupplier;

/**
 * Times the steps of a training: the first ones, in which libraries choose their algorithms and
 * Java compiles, are left out, and after the last one the training is ended.
 */
final class StepClock implements TrainingListener {

  private final LongSupplier nanoTime;
  private final int warmUp;
  private final long[] begins;
  private int asked;

  /**
   * @param warmUp steps that do not count
   * @param steps steps that count
   */
  StepClock(int warmUp, int steps, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.warmUp = warmUp;
    this.begins = new long[steps + 1];
  }

  /** Asked before every step, so what lies between two questions is a step. */
  @Override
  public boolean isCancelled() {
    int step = asked++ - warmUp;
    if (step >= 0 && step < begins.length) {
      begins[step] = nanoTime.getAsLong();
    }
    return step >= begins.length - 1;
  }

  /**
   * The median time of a step in seconds.
   *
   * @throws IllegalStateException if the training ended by itself before
   */
  double median() {
    if (asked < warmUp + begins.length) {
      throw new IllegalStateException(
          "The training ended after %d steps, %d are to be timed"
              .formatted(asked, warmUp + begins.length - 1));
    }
    double[] times = new double[begins.length - 1];
    for (int i = 0; i < times.length; i++) {
      times[i] = (begins[i + 1] - begins[i]) * 1e-9;
    }
    return Spread.of(times).median();
  }
}
