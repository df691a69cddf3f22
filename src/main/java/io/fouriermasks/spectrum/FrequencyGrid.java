package io.fouriermasks.spectrum;

/**
 * What the cells of an unshifted full plane stand for. Row {@code r} and column {@code c} belong to
 * the frequency {@code v} down and {@code u} across, in cycles per image, where an index of {@code
 * size / 2} and more counts from the far end: {@code u = c} below {@code size / 2}, else {@code c -
 * size}. Immutable.
 */
public final class FrequencyGrid {

  private final int size;

  private FrequencyGrid(int size) {
    this.size = size;
  }

  /**
   * The grid of masks of this size.
   *
   * @param size even side of the image in pixels
   */
  public static FrequencyGrid of(int size) {
    return new FrequencyGrid(FourierMask.requireEven(size));
  }

  /** Distance of each cell from the zero frequency in cycles per image, row-major. */
  public float[] radius() {
    return plane((u, v) -> Math.hypot(u, v));
  }

  /**
   * Direction in which each cell's grating changes, in degrees counter-clockwise from horizontal,
   * from 0 to below 180, row-major: 0 has upright stripes, 90 level ones. Not a number at the zero
   * frequency, which has none.
   */
  public float[] orientation() {
    return plane(FrequencyGrid::orientation);
  }

  /**
   * Period of each cell's grating in pixels, along the direction in which it changes, row-major.
   * Infinite at the zero frequency.
   */
  public float[] period() {
    return plane((u, v) -> size / Math.hypot(u, v));
  }

  /** Radial band of each cell, row-major. */
  public float[] radialBand() {
    return unshifted(FrequencyBands.of(size).radial());
  }

  /** Angular band of each cell, row-major. */
  public float[] angularBand() {
    return unshifted(FrequencyBands.of(size).angular());
  }

  @FunctionalInterface
  private interface OfFrequency {
    double at(int across, int down);
  }

  private float[] plane(OfFrequency quantity) {
    float[] plane = new float[size * size];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        plane[row * size + column] = (float) quantity.at(signed(column), signed(row));
      }
    }
    return plane;
  }

  private int signed(int index) {
    return index < size / 2 ? index : index - size;
  }

  private static double orientation(int across, int down) {
    if (across == 0 && down == 0) {
      return Double.NaN;
    }
    double degrees = Math.toDegrees(Math.atan2(-down, across));
    double turned = degrees < 0 ? degrees + 180 : degrees;
    return turned >= 180 ? turned - 180 : turned;
  }

  private float[] unshifted(int[] centred) {
    float[] plane = new float[centred.length];
    int centre = size / 2;
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        int drawn = (row + centre) % size * size + (column + centre) % size;
        plane[row * size + column] = centred[drawn];
      }
    }
    return plane;
  }
}
