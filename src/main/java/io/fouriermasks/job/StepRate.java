package io.fouriermasks.job;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** How fast steps are taken, looked at not more than twice a second. */
final class StepRate {

  private static final long INTERVAL_NANOS = 500_000_000;

  /** The speed is that of the last five seconds or so. */
  private static final int SAMPLES = 10;

  private record Sample(long nanos, long steps) {}

  private final LongSupplier nanoTime;
  private final Sample start;
  private final Deque<Sample> samples = new ArrayDeque<>();

  /**
   * @param steps taken before, which say nothing of the speed
   */
  StepRate(long steps, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.start = new Sample(nanoTime.getAsLong(), steps);
    samples.add(start);
  }

  /**
   * Notes a step.
   *
   * @param steps taken so far
   * @return whether it is time to say how fast it goes
   */
  boolean step(long steps) {
    long now = nanoTime.getAsLong();
    if (now - samples.getLast().nanos() < INTERVAL_NANOS) {
      return false;
    }
    samples.add(new Sample(now, steps));
    if (samples.size() > SAMPLES) {
      samples.removeFirst();
    }
    return true;
  }

  /** Recent steps a second, 0 while nothing is known. */
  double recent() {
    return between(samples.getFirst(), samples.getLast());
  }

  /** Steps a second since the beginning, pauses for evaluation included; 0 while unknown. */
  double overall() {
    return between(start, samples.getLast());
  }

  /** Time that so many steps will take at the overall rate; null while it is unknown. */
  Double secondsFor(long steps) {
    double rate = overall();
    return rate > 0 ? steps / rate : null;
  }

  private static double between(Sample from, Sample to) {
    double seconds = (to.nanos() - from.nanos()) / 1e9;
    return seconds <= 0 ? 0 : (to.steps() - from.steps()) / seconds;
  }
}
