package io.fouriermasks.job;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * When a preview is made: at steps that grow by a tenth, at least by 10; of the first images only;
 * and not so often that their files become the work.
 */
final class PreviewSchedule {

  private static final int IMAGES = 16;
  private static final int FIRST_STEP = 10;
  private static final long LEAST_NANOS = 500_000_000;

  /** So many images may each have a preview in that time; with more, each waits longer. */
  private static final int AT_FULL_RATE = 4;

  private final LongSupplier nanoTime;
  private final long leastNanos;
  private final int[] nextStep;
  private final long[] nextTime;

  PreviewSchedule(int images, LongSupplier nanoTime) {
    int shown = Math.min(images, IMAGES);
    this.nanoTime = nanoTime;
    this.leastNanos = LEAST_NANOS * Math.max(AT_FULL_RATE, shown) / AT_FULL_RATE;
    this.nextStep = new int[shown];
    this.nextTime = new long[shown];
    Arrays.fill(nextStep, FIRST_STEP);
    Arrays.fill(nextTime, nanoTime.getAsLong());
  }

  /** Whether one is due; if so, the next one is a while later. */
  boolean isDue(int image, int step) {
    if (image >= nextStep.length || step < nextStep[image]) {
      return false;
    }
    long now = nanoTime.getAsLong();
    if (now - nextTime[image] < 0) {
      return false;
    }
    nextStep[image] = step + Math.max(10, step / 10);
    nextTime[image] = now + leastNanos;
    return true;
  }
}
