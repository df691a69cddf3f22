package io.fouriermasks.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.spectrum.FrequencyBands;
import io.fouriermasks.training.ArchivedMask;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Masks of the same photographs under the same network, found by two searches for the same
 * objective {@code exp(d^2) + decay s}: which search ends lower, and how alike are their masks?
 *
 * @param pairs one a photograph
 */
public record SearchComparison(List<Pair> pairs) {

  /** Names of what an archive of a single-image mask must tell. */
  private static final String LABEL = "label";

  private static final String PROBABILITIES = "maskedProbabilities";
  private static final String CLEAN_LOSS = "cleanLoss";
  private static final String STEPS = "steps";
  private static final String KEPT = "predictionKept";

  public SearchComparison {
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException("There is no photograph with masks of both searches");
    }
    pairs = List.copyOf(pairs);
  }

  /**
   * Where a search ended.
   *
   * @param excess the objective less 1, which is its value where nothing is lost and nothing left
   * @param sparsity mean of the mask
   * @param steps that it took
   * @param isKept whether the prediction is that without mask
   */
  public record End(double excess, double sparsity, int steps, boolean isKept) {

    /**
     * Of an archived mask.
     *
     * @throws IllegalArgumentException if the archive is not that of a single image's mask
     */
    static End of(ArchivedMask archived, double decay) {
      JsonNode meta = archived.meta();
      JsonNode probability = meta.path(PROBABILITIES).path(meta.path(LABEL).asInt(-1));
      if (!probability.isNumber()
          || !meta.path(CLEAN_LOSS).isNumber()
          || !meta.path(STEPS).isInt()
          || !meta.path(KEPT).isBoolean()) {
        throw new IllegalArgumentException("The archive is not that of a photograph's mask");
      }
      double difference = -Math.log(probability.asDouble()) - meta.get(CLEAN_LOSS).asDouble();
      double sparsity = archived.mask().sparsity();
      return new End(
          Math.expm1(difference * difference) + decay * sparsity,
          sparsity,
          meta.get(STEPS).asInt(),
          meta.get(KEPT).asBoolean());
    }
  }

  /**
   * The two masks of a photograph.
   *
   * @param overlap frequencies that both keep, divided by those that one of them keeps (Jaccard
   *     index of {@code [M > 0]} over the full plane); 1 if neither keeps any
   * @param radialDifference mean absolute difference of their radial energies over the bands
   */
  public record Pair(
      String name, End baseline, End other, double overlap, double radialDifference) {

    /**
     * Compares two masks.
     *
     * @param decay weight of the sparsity in the objective
     * @throws IllegalArgumentException if they have different sizes, or an archive is not that of a
     *     single image's mask
     */
    public static Pair of(String name, ArchivedMask baseline, ArchivedMask other, double decay) {
      FrequencyBands bands = FrequencyBands.of(baseline.mask().size());
      double[] radial =
          bands.energies(other.mask()).minus(bands.energies(baseline.mask())).radial();
      return new Pair(
          name,
          End.of(baseline, decay),
          End.of(other, decay),
          overlap(baseline.mask(), other.mask()),
          Arrays.stream(radial).map(Math::abs).average().orElseThrow());
    }

    /** Objective of the other less that of the baseline: negative is better. */
    public double difference() {
      return other.excess() - baseline.excess();
    }

    private static double overlap(FourierMask a, FourierMask b) {
      float[] first = a.fullPlane();
      float[] second = b.fullPlane();
      int both = 0;
      int either = 0;
      for (int i = 0; i < first.length; i++) {
        both += first[i] > 0 && second[i] > 0 ? 1 : 0;
        either += first[i] > 0 || second[i] > 0 ? 1 : 0;
      }
      return either == 0 ? 1 : (double) both / either;
    }
  }

  /**
   * A quantile of a number over the photographs: the smallest value that so large a share of them
   * does not exceed.
   *
   * @param share in (0, 1]
   */
  public double quantile(double share, ToDoubleFunction<Pair> number) {
    double[] sorted = pairs.stream().mapToDouble(number).sorted().toArray();
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }

  /** Share of the photographs of which something holds of one search's end. */
  public double share(Predicate<Pair> predicate) {
    return (double) pairs.stream().filter(predicate).count() / pairs.size();
  }

  /** Steps of the baseline for one of the other, over all photographs. */
  public double stepRatio() {
    return pairs.stream().mapToDouble(pair -> pair.baseline().steps()).sum()
        / pairs.stream().mapToDouble(pair -> pair.other().steps()).sum();
  }
}
