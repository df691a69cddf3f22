package io.fouriermasks.spectrum;

/**
 * The cut of the centred plane into 64 radial and 64 angular bands, as in the published notebooks
 * (arXiv 2203.08822), and the energy of masks in them.
 *
 * <p>In the centred plane the zero frequency stands at row and column {@code size / 2}. A cell at
 * distance {@code r} from it lies in the radial band {@code floor(r / (sqrt(2) size / 2 / 64))}, at
 * most 63, and at the angle {@code atan2(size / 2 - row, column - size / 2) mod 2 pi} in the
 * angular band {@code floor(angle / (2 pi / 64))}, at most 63: band 0 begins at the right, band 16
 * at the top. The angular bands of {@code k} and {@code -k} differ by 32, so both count. Immutable.
 */
public final class FrequencyBands {

  /** Number of radial bands, and of angular ones. */
  public static final int COUNT = 64;

  private final int size;
  private final int[] radial;
  private final int[] angular;

  private FrequencyBands(int size) {
    this.size = size;
    this.radial = new int[size * size];
    this.angular = new int[size * size];
    int centre = size / 2;
    double ring = Math.sqrt(2.0 * centre * centre) / COUNT;
    double sector = 2 * Math.PI / COUNT;
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        double up = (double) centre - row;
        double right = (double) column - centre;
        double turn = Math.atan2(up, right);
        double angle = turn < 0 ? turn + 2 * Math.PI : turn;
        radial[row * size + column] = band(Math.sqrt(up * up + right * right) / ring);
        angular[row * size + column] = band(angle / sector);
      }
    }
  }

  /**
   * The bands of masks of this size.
   *
   * @param size even side of the image in pixels
   */
  public static FrequencyBands of(int size) {
    return new FrequencyBands(FourierMask.requireEven(size));
  }

  /** Radial band of each cell of the centred plane, row-major. */
  public int[] radial() {
    return radial.clone();
  }

  /** Angular band of each cell of the centred plane, row-major. */
  public int[] angular() {
    return angular.clone();
  }

  /** Where the radial bands begin, in cycles per image, and the last one ends: COUNT + 1 values. */
  public double[] radialEdges() {
    int highest = size / 2;
    return edges(Math.sqrt(2.0) * highest / COUNT);
  }

  /** Where the angular bands begin, in degrees, and the last one ends: COUNT + 1 values. */
  public double[] angularEdges() {
    return edges(360.0 / COUNT);
  }

  private static double[] edges(double width) {
    double[] edges = new double[COUNT + 1];
    for (int band = 0; band <= COUNT; band++) {
      edges[band] = band * width;
    }
    return edges;
  }

  /**
   * The L2 norm, in each band, of a mask divided by its L2 norm, so that the squares over the 64
   * bands add up to 1. A mask of zeros has zeros.
   *
   * @throws IllegalArgumentException if the mask has another size
   */
  public Energies energies(FourierMask mask) {
    if (mask.size() != size) {
      throw new IllegalArgumentException(
          "The mask has the size %d, the bands are those of %d".formatted(mask.size(), size));
    }
    return energies(mask.centredPlane());
  }

  /**
   * The same for any centred plane, even or not.
   *
   * @param centredPlane {@code size * size} values, row-major, zero frequency at [size / 2, size /
   *     2]
   * @throws IllegalArgumentException if the length does not fit the size
   */
  public Energies energies(float[] centredPlane) {
    FourierMask.requireLength(centredPlane, size * size);
    double[] radialSquares = new double[COUNT];
    double[] angularSquares = new double[COUNT];
    double total = 0;
    for (int i = 0; i < centredPlane.length; i++) {
      double square = (double) centredPlane[i] * centredPlane[i];
      radialSquares[radial[i]] += square;
      angularSquares[angular[i]] += square;
      total += square;
    }
    return new Energies(norms(radialSquares, total), norms(angularSquares, total));
  }

  private static double[] norms(double[] squares, double total) {
    double[] norms = new double[COUNT];
    for (int band = 0; band < COUNT; band++) {
      norms[band] = total > 0 ? Math.sqrt(squares[band] / total) : 0;
    }
    return norms;
  }

  private static int band(double position) {
    return Math.min((int) position, COUNT - 1);
  }
}
