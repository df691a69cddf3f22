package io.fouriermasks.analysis;

import io.fouriermasks.spectrum.Energies;
import java.util.List;
import java.util.Optional;

/** Compares the band energies of masks. */
public final class EnergyComparison {

  private EnergyComparison() {}

  /**
   * Per band, the share of images whose mask has more energy than the baseline's mask of the same
   * image. Equal energies do not count as more.
   *
   * @param masks one for each image, such as those of an adversarially trained model
   * @param baselines of the same images in the same order, such as those of the plain model
   * @throws IllegalArgumentException if the lists are empty or of different lengths
   */
  public static Energies shareAbove(List<Energies> masks, List<Energies> baselines) {
    if (masks.isEmpty() || masks.size() != baselines.size()) {
      throw new IllegalArgumentException(
          "%d masks cannot be compared with %d baselines, image by image"
              .formatted(masks.size(), baselines.size()));
    }
    Energies share =
        new Energies(
            new double[masks.get(0).radial().length], new double[masks.get(0).angular().length]);
    for (int i = 0; i < masks.size(); i++) {
      count(share.radial(), masks.get(i).radial(), baselines.get(i).radial(), masks.size());
      count(share.angular(), masks.get(i).angular(), baselines.get(i).angular(), masks.size());
    }
    return share;
  }

  private static void count(double[] share, double[] mask, double[] baseline, int images) {
    for (int band = 0; band < share.length; band++) {
      share[band] += mask[band] > baseline[band] ? 1.0 / images : 0;
    }
  }

  /**
   * Where a curve changes its sign.
   *
   * @param band first band of the new sign, from 1 on
   * @param falling whether it is positive before and negative from there on
   * @param purity in (0, 1]: how much of the curve's absolute area has the sign that one single
   *     change at this band gives it, minus how much has the other; 1 if this is the only change
   */
  public record SignChange(int band, boolean falling, double purity) {}

  /**
   * The main change of sign of a noisy difference curve {@code d}. A single change before band
   * {@code c} is the step {@code s_c} that is +1 below {@code c} and -1 from {@code c} on, or the
   * opposite; the main change is the step with the largest {@code |sum_b s_c(b) d(b)|}, the lowest
   * on ties. So a wiggle around zero moves it only as far as its own area does, and no threshold is
   * needed.
   *
   * @return empty if a curve of one sign fits better than any change, as that of a curve of zeros
   */
  public static Optional<SignChange> mainSignChange(double[] difference) {
    double total = 0;
    double area = 0;
    for (double value : difference) {
      total += value;
      area += Math.abs(value);
    }
    int best = 0;
    double bestStep = -total; // the step of no change: all bands from 0 on
    double below = 0;
    for (int cut = 1; cut < difference.length; cut++) {
      below += difference[cut - 1];
      double step = 2 * below - total;
      if (Math.abs(step) > Math.abs(bestStep) + 1e-12 * area) {
        best = cut;
        bestStep = step;
      }
    }
    return best == 0
        ? Optional.empty()
        : Optional.of(new SignChange(best, bestStep > 0, Math.abs(bestStep) / area));
  }

  /**
   * Which part of a curve's absolute area over some bands is positive: 1 if it is nowhere negative
   * there, 0 if nowhere positive, and 0.5 if it is zero.
   *
   * @param from first band
   * @param to last band, inclusive
   */
  public static double positiveShare(double[] difference, int from, int to) {
    double positive = 0;
    double area = 0;
    for (int band = from; band <= to; band++) {
      positive += Math.max(0, difference[band]);
      area += Math.abs(difference[band]);
    }
    return area > 0 ? positive / area : 0.5;
  }
}
