package io.fouriermasks.api;

import io.fouriermasks.analysis.MaskComparison;
import io.fouriermasks.analysis.MaskStatistics;
import io.fouriermasks.spectrum.Energies;
import io.fouriermasks.spectrum.FrequencyBands;
import io.fouriermasks.store.Mask;
import io.fouriermasks.store.Model;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Masks side by side. */
@Schema(name = "Comparison", description = "Masks side by side.")
public record ComparisonView(
    @Schema(description = "Side of the masks in cells.") int size,
    @Schema(description = "Id of the mask that the differences are taken from.") String baseline,
    @Schema(
            description =
                "The largest absolute difference: the ends of one symmetric scale for all.")
        double differenceLimit,
    @Schema(description = "Where the radial bands begin, and the last ends: cycles per image.")
        List<Double> radialEdges,
    @Schema(description = "Where the angular bands begin, and the last ends: degrees.")
        List<Double> angularEdges,
    @Schema(description = "One mask each, in the order asked for.") List<Column> columns) {

  /** A mask with its figures. */
  @Schema(name = "ComparisonColumn")
  public record Column(
      MaskView mask,
      ModelView model,
      Statistics statistics,
      @Schema(description = "L2 norm of the normalised mask in each band.") Bands energies,
      @Schema(description = "Energies minus those of the baseline.") Bands energyDifferences,
      @Schema(description = "Mean of the mask minus the baseline.") double meanDifference,
      @Schema(description = "Largest absolute value of the mask minus the baseline.")
          double largestDifference) {}

  /** What describes one mask. */
  @Schema(name = "MaskStatistics")
  public record Statistics(
      @Schema(description = "Mean absolute value.") double sparsity,
      @Schema(description = "Share of the frequencies of which anything is kept.") double keptShare,
      @Schema(
              description =
                  "Element r: share of the L1 norm nearer than r cycles per image to the zero"
                      + " frequency.")
          List<Double> l1Share,
      @Schema(description = "Radius, in cycles per image, that holds 90 % of the L1 norm.")
          double effectiveRadius) {

    static Statistics of(MaskStatistics statistics) {
      return new Statistics(
          statistics.sparsity(),
          statistics.keptShare(),
          list(statistics.l1Share()),
          statistics.effectiveRadius());
    }
  }

  /** One value a band. */
  @Schema(name = "Bands")
  public record Bands(
      @Schema(description = "From low to high frequency.") List<Double> radial,
      @Schema(description = "Counter-clockwise from the right.") List<Double> angular) {

    static Bands of(Energies energies) {
      return new Bands(list(energies.radial()), list(energies.angular()));
    }
  }

  static ComparisonView of(
      int size, List<Mask> masks, Map<String, Model> models, MaskComparison comparison) {
    FrequencyBands bands = FrequencyBands.of(size);
    return new ComparisonView(
        size,
        Long.toString(masks.get(comparison.baseline()).id()),
        comparison.limit(),
        list(bands.radialEdges()),
        list(bands.angularEdges()),
        IntStream.range(0, masks.size())
            .mapToObj(
                i ->
                    column(
                        masks.get(i), models.get(masks.get(i).model()), comparison.masks().get(i)))
            .toList());
  }

  private static Column column(Mask mask, Model model, MaskComparison.Entry entry) {
    return new Column(
        MaskView.of(mask),
        ModelView.of(model),
        Statistics.of(entry.statistics()),
        Bands.of(entry.energies()),
        Bands.of(entry.energyDifference()),
        entry.difference().mean(),
        entry.difference().limit());
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
