package io.fouriermasks.job;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How far a running job is. What a kind of work, or its present phase, does not have is null.
 *
 * @param phase what is being done
 * @param unit of {@code done} and {@code total}, a noun in the singular
 * @param done how much is done
 * @param total how much there is, at most
 * @param step steps taken; of masks of images those of the images that are still trained
 * @param maxSteps most steps an image may take
 * @param epoch number of the pass over the images, from 1
 * @param epochs passes at most
 * @param quietSteps of masks: steps, or epochs where there are epochs, without movement
 * @param quietNeeded without movement after which a mask is done
 * @param stepsPerSecond recent speed; a step of masks of images moves all that are still trained
 * @param secondsLeft time that is left; of masks: until the stopping rule holds if nothing moves
 *     any more, null while something moves
 * @param secondsLeftAtMost of masks: time until the largest number of steps
 */
public record JobProgress(
    Phase phase,
    String unit,
    long done,
    long total,
    int step,
    Integer maxSteps,
    Integer epoch,
    Integer epochs,
    Integer quietSteps,
    Integer quietNeeded,
    Double stepsPerSecond,
    Double secondsLeft,
    Double secondsLeftAtMost) {

  /** What can be done for a job. */
  public enum Phase {
    /** The pictures of a dataset are read. */
    @JsonProperty("decoding")
    DECODING,
    /** Pictures are attacked. */
    @JsonProperty("attacking")
    ATTACKING,
    /** Masks or weights are learned. */
    @JsonProperty("training")
    TRAINING,
    /** Frequencies are disturbed. */
    @JsonProperty("measuring")
    MEASURING
  }

  /** How much of the work itself is done, 0 to 1: 0 while its pictures are made ready. */
  public double share() {
    if (phase == Phase.DECODING || phase == Phase.ATTACKING || total == 0) {
      return 0;
    }
    return (done + (total - done) * shareOfUnfinished()) / total;
  }

  /** Images are trained side by side: before the first is done, all are under way. */
  private double shareOfUnfinished() {
    if (maxSteps == null || done == total) {
      return 0;
    }
    double quiet = quietNeeded == null ? 0 : Math.min(1.0, (double) quietSteps / quietNeeded);
    return Math.max(Math.min(1.0, (double) step / maxSteps), quiet);
  }

  /** Of a phase that has no steps. */
  static JobProgress of(Phase phase, String unit, long done, long total, Double secondsLeft) {
    return new JobProgress(
        phase, unit, done, total, 0, null, null, null, null, null, null, secondsLeft, null);
  }
}
