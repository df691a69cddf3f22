package io.fouriermasks.job;

import io.fouriermasks.training.ImageStep;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Watches the steps of a job and says, at most twice a second, how far it is. */
final class ProgressMeter {

  private static final long INTERVAL_NANOS = 500_000_000;

  /** The speed is that of the last five seconds or so. */
  private static final int SAMPLES = 10;

  private record Sample(long nanos, long imageSteps) {}

  private final int images;
  private final int maxSteps;
  private final int quietNeeded;
  private final int atOnce;
  private final LongSupplier nanoTime;
  private final Map<Integer, ImageStep> active = new HashMap<>();
  private final Deque<Sample> samples = new ArrayDeque<>();
  private int done;
  private long imageSteps;

  ProgressMeter(int images, int maxSteps, int quietNeeded, int atOnce, LongSupplier nanoTime) {
    this.images = images;
    this.maxSteps = maxSteps;
    this.quietNeeded = quietNeeded;
    this.atOnce = atOnce;
    this.nanoTime = nanoTime;
    samples.add(new Sample(nanoTime.getAsLong(), 0));
  }

  /** An image has taken a step; gives the progress if it is time to say it. */
  Optional<JobProgress> step(ImageStep step) {
    active.put(step.image(), step);
    imageSteps++;
    long now = nanoTime.getAsLong();
    if (now - samples.getLast().nanos() < INTERVAL_NANOS) {
      return Optional.empty();
    }
    samples.add(new Sample(now, imageSteps));
    if (samples.size() > SAMPLES) {
      samples.removeFirst();
    }
    return Optional.of(progress());
  }

  /** An image is done. */
  JobProgress finished(int image) {
    active.remove(image);
    done++;
    return progress();
  }

  private JobProgress progress() {
    int waiting = images - done - active.size();
    int quiet = active.values().stream().mapToInt(ImageStep::quietSteps).min().orElse(0);
    int first = active.values().stream().mapToInt(ImageStep::step).max().orElse(0);
    int last = active.values().stream().mapToInt(ImageStep::step).min().orElse(0);
    double speed = speed();
    boolean rests = speed > 0 && quiet > 0 && waiting == 0;
    long stepsAtMost = maxSteps - last + (long) maxSteps * ((waiting + atOnce - 1) / atOnce);
    return new JobProgress(
        done,
        images,
        first,
        maxSteps,
        quiet,
        quietNeeded,
        speed,
        rests ? Math.max(0, quietNeeded - quiet) / speed : null,
        speed > 0 ? stepsAtMost / speed : null);
  }

  private double speed() {
    Sample from = samples.getFirst();
    Sample to = samples.getLast();
    double seconds = (to.nanos() - from.nanos()) / 1e9;
    if (seconds <= 0) {
      return 0;
    }
    return (to.imageSteps() - from.imageSteps()) / seconds / Math.max(1, active.size());
  }
}
