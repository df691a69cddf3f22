package io.fouriermasks.command;

import io.fouriermasks.report.AnalysisSettings;
import picocli.CommandLine.Option;

/** What the analyses that take long may cost. */
final class CostOptions {

  @Option(
      names = {"--sample_images", "--sample-images"},
      defaultValue = "20",
      paramLabel = "N",
      description =
          "photographs for faithfulness and heat map, drawn evenly by class (default:"
              + " ${DEFAULT-VALUE})")
  private int sampleImages;

  @Option(
      names = {"--heatmap_radius", "--heatmap-radius"},
      defaultValue = "16",
      paramLabel = "R",
      description =
          "largest disturbed frequency of the heat map in cycles per image; 91 is the whole plane,"
              + " the time grows with its square (default: ${DEFAULT-VALUE})")
  private int heatMapRadius;

  @Option(
      names = {"--heatmap_norm", "--heatmap-norm"},
      defaultValue = "23",
      paramLabel = "NORM",
      description =
          "L2 norm of the heat map's disturbance in normalised units; 23 is a root mean square of"
              + " 4 %% of the pixel range (default: ${DEFAULT-VALUE})")
  private double heatMapNorm;

  /** With the seed of all chance. */
  AnalysisSettings settings(long seed) {
    try {
      return new AnalysisSettings(sampleImages, heatMapRadius, heatMapNorm, seed);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "--sample_images, --heatmap_radius, --heatmap_norm: " + e.getMessage(), e);
    }
  }
}
