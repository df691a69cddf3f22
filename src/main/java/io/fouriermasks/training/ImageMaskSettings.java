package io.fouriermasks.training;

/**
 * How single-image masks are searched for by Adam, as the published scripts do.
 *
 * @param preset name under which these settings are known
 * @param maxLearningRate peak of the OneCycle schedule
 * @param scheduleSteps length of the schedule in steps; it may be longer than the training
 * @param warmUp share of the schedule in which the learning rate rises
 * @param decay weight of the sparsity term
 * @param maxSteps most steps an image may take
 * @param quietSteps steps in a row without movement after which an image has converged
 * @param invarianceTolerance largest change of the invariance that counts as no movement
 * @param sparsityTolerance largest change of the sparsity that counts as no movement
 */
public record ImageMaskSettings(
    String preset,
    double maxLearningRate,
    long scheduleSteps,
    double warmUp,
    double decay,
    int maxSteps,
    int quietSteps,
    double invarianceTolerance,
    double sparsityTolerance)
    implements SearchSettings {

  /**
   * The published scripts' settings. Their schedule is 20000 epochs of 200 steps long, so no
   * training ever leaves its warm-up: the learning rate runs from 0.008 to 0.0092 (trap D3).
   */
  public static final ImageMaskSettings PAPER =
      new ImageMaskSettings("paper", 0.2, 20_000L * 200, 0.1, 0.07, 20_000, 300, 1e-6, 1e-5);

  @Override
  public ImageMaskSettings withMaxSteps(int steps) {
    return new ImageMaskSettings(
        preset,
        maxLearningRate,
        scheduleSteps,
        warmUp,
        decay,
        steps,
        quietSteps,
        invarianceTolerance,
        sparsityTolerance);
  }
}
