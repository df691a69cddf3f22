package io.fouriermasks.report;

/**
 * What the analyses that take long may cost.
 *
 * @param sampleImages photographs for faithfulness and heat map, drawn evenly by class
 * @param heatMapRadius largest disturbed frequency of the heat map, in cycles per image
 * @param heatMapNorm L2 norm of its disturbance in normalised units
 * @param seed draws the photographs, random orders, signs, permuted labels and the probe's split
 */
public record AnalysisSettings(int sampleImages, int heatMapRadius, double heatMapNorm, long seed) {

  /**
   * 20 photographs, radius 16, seed 31. The norm of 23 is a root mean square of 4 % of the pixel
   * range on 128 x 128 pixels, as Yin et al. (2019) used on ImageNet.
   */
  public static final AnalysisSettings DEFAULT = new AnalysisSettings(20, 16, 23, 31);

  /**
   * @throws IllegalArgumentException if one makes no sense
   */
  public AnalysisSettings {
    if (sampleImages < 1 || heatMapRadius < 0 || !(heatMapNorm > 0)) {
      throw new IllegalArgumentException(
          "at least 1 image, a radius from 0 on and a positive norm are needed, not %d, %d and %s"
              .formatted(sampleImages, heatMapRadius, heatMapNorm));
    }
  }

  /** The same with another seed. */
  public AnalysisSettings withSeed(long other) {
    return new AnalysisSettings(sampleImages, heatMapRadius, heatMapNorm, other);
  }
}
