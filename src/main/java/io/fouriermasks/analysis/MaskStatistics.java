package io.fouriermasks.analysis;

import io.fouriermasks.spectrum.FourierMask;

/**
 * Figures that describe one mask. Distances are in cells of the full plane, from the zero
 * frequency; a cell at distance {@code r} stands for {@code r} cycles per image.
 *
 * @param sparsity {@code ||M||_1 / ||1||_1}, lower is sparser; of values in [0, 1] also the mean
 * @param keptShare share of the full plane's cells that are greater than 0
 * @param l1Share element {@code r}: share of {@code ||M||_1} in the cells nearer than {@code r};
 *     from 0 to the first radius that holds the whole plane (0 to 91 for 128 pixels). Zeros for a
 *     mask of zeros
 * @param effectiveRadius the smallest distance such that the cells up to it hold at least {@link
 *     #EFFECTIVE_SHARE} of {@code ||M||_1}; 0 for a mask of zeros
 * @param meanInside mean value of the cells nearer than {@link #INSIDE} (check A6: a disc has >=
 *     0.95)
 * @param meanOutside mean value of the cells farther than {@link #OUTSIDE_FROM} and nearer than
 *     {@link #OUTSIDE_TO} (check A6: a disc has <= 0.02); 0 if the plane has none
 */
@SuppressWarnings("ArrayRecordComponent") // plotted, never compared
public record MaskStatistics(
    double sparsity,
    double keptShare,
    double[] l1Share,
    double effectiveRadius,
    double meanInside,
    double meanOutside) {

  /** Share of the L1 norm that the effective radius holds. */
  public static final double EFFECTIVE_SHARE = 0.9;

  /** Radius of what a low-pass disc keeps. */
  public static final int INSIDE = 20;

  /** Where the ring begins that a low-pass disc drops. */
  public static final int OUTSIDE_FROM = 34;

  /** Where that ring ends. */
  public static final int OUTSIDE_TO = 60;

  /** The radius at which the published table gives the share of L1. */
  public static final int PUBLISHED_RADIUS = 32;

  /** Computes them all. */
  public static MaskStatistics of(FourierMask mask) {
    Rings rings = Rings.of(mask);
    return new MaskStatistics(
        mask.sparsity(),
        mask.binary().sparsity(),
        rings.l1Share(),
        rings.radiusOf(EFFECTIVE_SHARE),
        rings.mean(-1, INSIDE),
        rings.mean(OUTSIDE_FROM, OUTSIDE_TO));
  }

  /**
   * Share of {@code ||M||_1} in the cells nearer than {@code radius}; a radius beyond the plane
   * gives that of the whole plane.
   */
  public double l1ShareWithin(int radius) {
    return l1Share[Math.min(radius, l1Share.length - 1)];
  }

  /**
   * Sums over the cells of equal distance; squared distances are whole numbers.
   *
   * @param l1 sum of absolute values by squared distance
   * @param sum sum of values by squared distance
   * @param cells number of cells by squared distance
   */
  @SuppressWarnings("ArrayRecordComponent") // never leaves this class
  private record Rings(double[] l1, double[] sum, int[] cells) {

    static Rings of(FourierMask mask) {
      float[] plane = mask.centredPlane();
      int centre = mask.size() / 2;
      int farthest = 2 * centre * centre;
      Rings rings =
          new Rings(new double[farthest + 1], new double[farthest + 1], new int[farthest + 1]);
      for (int i = 0; i < plane.length; i++) {
        int down = i / mask.size() - centre;
        int across = i % mask.size() - centre;
        int distance = down * down + across * across;
        rings.l1[distance] += Math.abs(plane[i]);
        rings.sum[distance] += plane[i];
        rings.cells[distance]++;
      }
      return rings;
    }

    double[] l1Share() {
      double total = total();
      double[] shares = new double[(int) Math.sqrt((double) l1.length - 1) + 2];
      double within = 0;
      int distance = 0;
      for (int radius = 0; radius < shares.length; radius++) {
        for (; distance < l1.length && distance < radius * radius; distance++) {
          within += l1[distance];
        }
        shares[radius] = total > 0 ? within / total : 0;
      }
      return shares;
    }

    double radiusOf(double share) {
      double needed = share * total();
      double within = 0;
      for (int distance = 0; distance < l1.length; distance++) {
        within += l1[distance];
        if (within >= needed) {
          return Math.sqrt(distance);
        }
      }
      return Math.sqrt((double) l1.length - 1); // rounding of the sums
    }

    /** Mean over the cells farther than {@code from} and nearer than {@code to}. */
    double mean(int from, int to) {
      double values = 0;
      int count = 0;
      int first = from < 0 ? 0 : from * from + 1;
      for (int distance = first; distance < Math.min(to * to, sum.length); distance++) {
        values += sum[distance];
        count += cells[distance];
      }
      return count == 0 ? 0 : values / count;
    }

    private double total() {
      double total = 0;
      for (double value : l1) {
        total += value;
      }
      return total;
    }
  }
}
