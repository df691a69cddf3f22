package io.fouriermasks.job;

import io.fouriermasks.training.ImageStep;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** Watches the steps of masks of images and says, at most twice a second, how far they are. */
final class ProgressMeter {

  private final int images;
  private final int maxSteps;
  private final int quietNeeded;
  private final Set<Integer> before;
  private final StepRate rate;
  private final Map<Integer, ImageStep> active = new HashMap<>();
  private int atOnce = 1;
  private int done;
  private long imageSteps;

  /**
   * @param before numbers of the images that were done when the job was stopped
   */
  ProgressMeter(
      int images, int maxSteps, int quietNeeded, Set<Integer> before, LongSupplier nanoTime) {
    this.images = images;
    this.maxSteps = maxSteps;
    this.quietNeeded = quietNeeded;
    this.before = before;
    this.done = before.size();
    this.rate = new StepRate(0, nanoTime);
  }

  /** So many are trained at the same time; the others wait. */
  void atOnce(int most) {
    atOnce = most;
  }

  /** An image has taken a step; gives the progress if it is time to say it. */
  Optional<JobProgress> step(ImageStep step) {
    active.put(step.image(), step);
    imageSteps++;
    return rate.step(imageSteps) ? Optional.of(progress()) : Optional.empty();
  }

  /** An image is done. */
  JobProgress finished(int image) {
    active.remove(image);
    if (!before.contains(image)) {
      done++;
    }
    return progress();
  }

  private JobProgress progress() {
    int waiting = Math.max(0, images - done - active.size());
    int quiet = active.values().stream().mapToInt(ImageStep::quietSteps).min().orElse(0);
    int first = active.values().stream().mapToInt(ImageStep::step).max().orElse(0);
    int last = active.values().stream().mapToInt(ImageStep::step).min().orElse(0);
    double speed = rate.recent() / Math.max(1, active.size());
    boolean rests = speed > 0 && quiet > 0 && waiting == 0;
    long stepsAtMost = maxSteps - last + (long) maxSteps * ((waiting + atOnce - 1) / atOnce);
    return new JobProgress(
        JobProgress.Phase.TRAINING,
        "mask",
        done,
        images,
        first,
        maxSteps,
        null,
        null,
        quiet,
        quietNeeded,
        speed,
        rests ? Math.max(0, quietNeeded - quiet) / speed : null,
        speed > 0 ? stepsAtMost / speed : null);
  }
}
