package io.fouriermasks.training;

/**
 * How single-image masks are searched for by an {@link IteratedLocalSearch} of {@link TrustRegion
 * trust regions}.
 *
 * @param preset name under which these settings are known
 * @param decay weight of the sparsity term
 * @param maxSteps most steps an image may take; every step is one pass through the network
 * @param first the descent from a mask of 1
 * @param later the descents that follow
 * @param sparse sparsity below which the first one may step as far as those that follow: what is to
 *     stay is decided before
 * @param hope number of steps, each of which does what the next one promises, after which one that
 *     follows must be the best to be worth going on with
 * @param minRadius radius below which a descent is over
 * @param memory weight of the gradients of earlier passes in the mean that the steps follow, in [0,
 *     1)
 * @param tolerance number of steps to the largest objective of which a step may climb back, at
 *     least 1; 1 forbids to climb
 * @param progress share of the objective above 1 by which it must fall to count as progress: less
 *     than one frequency is worth
 * @param quietSteps steps in a row without progress after which the search has converged
 * @param candidates number of places in the order of the frequencies from which, in turn, one is
 *     taken away
 */
public record TrustRegionSettings(
    String preset,
    double decay,
    int maxSteps,
    Descent first,
    Descent later,
    double sparse,
    double hope,
    double minRadius,
    double memory,
    int tolerance,
    double progress,
    int quietSteps,
    int candidates)
    implements SearchSettings {

  /** The same objective as {@link ImageMaskSettings#PAPER} in a fraction of its steps. */
  public static final TrustRegionSettings FAST =
      new TrustRegionSettings(
          "fast",
          0.07,
          20_000,
          new Descent(0.02, 0.01, 15),
          new Descent(0.05, 0.01, 8),
          0.05,
          12,
          1e-5,
          0.6,
          5,
          0.003,
          120,
          6);

  /**
   * One way down.
   *
   * @param maxRadius largest change of a frequency in one step, and the first one
   * @param progress share of its own objective above 1 by which that must fall to count
   * @param patience steps in a row without such progress after which it is over
   */
  public record Descent(double maxRadius, double progress, int patience) {}

  @Override
  public TrustRegionSettings withMaxSteps(int steps) {
    return new TrustRegionSettings(
        preset,
        decay,
        steps,
        first,
        later,
        sparse,
        hope,
        minRadius,
        memory,
        tolerance,
        progress,
        quietSteps,
        candidates);
  }
}
