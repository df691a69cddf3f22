package io.fouriermasks.analysis;

import io.fouriermasks.spectrum.Energies;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.spectrum.FrequencyBands;
import java.util.List;

/**
 * Masks side by side, one of which is the baseline.
 *
 * @param masks one entry a mask, in the order given
 * @param baseline index of the mask that the differences are taken from
 * @param limit the largest absolute difference of them all, the ends of their common symmetric
 *     scale; 1 if all masks are equal
 */
public record MaskComparison(List<Entry> masks, int baseline, float limit) {

  /**
   * One mask among the others.
   *
   * @param statistics of it alone
   * @param energies of it alone
   * @param energyDifference its energies minus the baseline's
   * @param difference it minus the baseline
   */
  public record Entry(
      MaskStatistics statistics,
      Energies energies,
      Energies energyDifference,
      MaskDifference difference) {}

  /**
   * Compares masks of one size.
   *
   * @param baseline index of the mask that the others are compared with
   * @throws IllegalArgumentException if there is none, or their sizes differ
   * @throws IndexOutOfBoundsException if the baseline is not among them
   */
  public static MaskComparison of(List<FourierMask> masks, int baseline) {
    if (masks.isEmpty()) {
      throw new IllegalArgumentException("There is no mask to compare");
    }
    FourierMask reference = masks.get(baseline);
    FrequencyBands bands = FrequencyBands.of(reference.size());
    Energies ofReference = bands.energies(reference);
    List<Entry> entries =
        masks.stream().map(mask -> entry(mask, bands, reference, ofReference)).toList();
    float limit =
        MaskDifference.commonLimit(entries.stream().map(entry -> entry.difference()).toList());
    return new MaskComparison(entries, baseline, limit);
  }

  private static Entry entry(
      FourierMask mask, FrequencyBands bands, FourierMask reference, Energies ofReference) {
    MaskDifference difference = MaskDifference.of(mask, reference);
    Energies energies = bands.energies(mask);
    return new Entry(MaskStatistics.of(mask), energies, energies.minus(ofReference), difference);
  }
}
