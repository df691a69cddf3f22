package io.fouriermasks.spectrum;

/**
 * One value per frequency band: the energies of a mask, their difference to another's, or a
 * statistic over many masks.
 *
 * @param radial from low to high frequency, {@link FrequencyBands#COUNT} values
 * @param angular counter-clockwise from the right, {@link FrequencyBands#COUNT} values
 */
@SuppressWarnings("ArrayRecordComponent") // plotted, never compared
public record Energies(double[] radial, double[] angular) {

  /** {@code this - other}, band by band. */
  public Energies minus(Energies other) {
    return new Energies(minus(radial, other.radial), minus(angular, other.angular));
  }

  private static double[] minus(double[] a, double[] b) {
    double[] difference = new double[a.length];
    for (int band = 0; band < a.length; band++) {
      difference[band] = a[band] - b[band];
    }
    return difference;
  }
}
