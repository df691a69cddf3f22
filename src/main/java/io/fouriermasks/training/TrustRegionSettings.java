package io.fouriermasks.training;

/**
 * How single-image masks are searched for by {@link TrustRegion}.
 *
 * @param preset name under which these settings are known
 * @param decay weight of the sparsity term
 * @param maxSteps most steps an image may take; every step is one pass through the network
 * @param maxRadius largest change of a frequency in one step, and the first one
 * @param minRadius radius below which the search has converged
 * @param memory weight of the gradients of earlier passes in the mean that the steps follow, in [0,
 *     1)
 * @param tolerance number of steps to the largest objective of which a step may climb back, at
 *     least 1; 1 forbids to climb
 * @param progress share of the objective above 1 by which it must fall to count as progress
 * @param quietSteps steps in a row without progress after which the search has converged
 */
public record TrustRegionSettings(
    String preset,
    double decay,
    int maxSteps,
    double maxRadius,
    double minRadius,
    double memory,
    int tolerance,
    double progress,
    int quietSteps)
    implements SearchSettings {

  /** The same objective as {@link ImageMaskSettings#PAPER} in a fraction of its steps. */
  public static final TrustRegionSettings FAST =
      new TrustRegionSettings("fast", 0.07, 20_000, 0.05, 1e-5, 0.9, 5, 0.01, 40);

  @Override
  public TrustRegionSettings withMaxSteps(int steps) {
    return new TrustRegionSettings(
        preset, decay, steps, maxRadius, minRadius, memory, tolerance, progress, quietSteps);
  }
}
