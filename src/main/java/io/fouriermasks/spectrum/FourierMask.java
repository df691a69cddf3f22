package io.fouriermasks.spectrum;

import java.util.Arrays;
import java.util.Objects;

/**
 * One weight per spatial frequency of a square real image: {@code x_M = Re(ifft2(M * fft2(x)))}.
 *
 * <p>Only the half plane of a real FFT is kept: {@code size} rows by {@code size / 2 + 1} columns,
 * row-major, with the zero frequency at [0, 0]. The other half follows from {@code M(-k) = M(k)},
 * so every mask is even by construction: the odd part of a full-plane mask has no effect on a real
 * image, but leaks half amplitudes into its complement. Immutable.
 */
public final class FourierMask {

  private final int size;
  private final float[] half;

  private FourierMask(int size, float[] half) {
    this.size = size;
    this.half = half;
  }

  /** The identity: every frequency passes. {@code size} is the even side of the image in pixels. */
  public static FourierMask ones(int size) {
    float[] half = new float[requireEven(size) * columns(size)];
    Arrays.fill(half, 1f);
    return new FourierMask(size, half);
  }

  /**
   * The mask with the given half plane, {@code size * (size / 2 + 1)} values.
   *
   * <p>In the columns 0 and {@code size / 2} a frequency and its conjugate are both stored; each
   * takes the mean of the two, which is what acts on a real image.
   *
   * @throws IllegalArgumentException if the length does not fit the size
   */
  public static FourierMask ofHalfPlane(int size, float[] values) {
    int columns = columns(requireEven(size));
    requireLength(values, size * columns);
    float[] half = values.clone();
    for (int row = 1; row < size / 2; row++) {
      for (int column : new int[] {0, size / 2}) {
        int a = row * columns + column;
        int b = (size - row) * columns + column;
        float even = 0.5f * (half[a] + half[b]);
        half[a] = even;
        half[b] = even;
      }
    }
    return new FourierMask(size, half);
  }

  /**
   * The even part of a full plane, {@code size * size} values, unshifted: {@code (M(k) + M(-k)) /
   * 2}.
   *
   * @throws IllegalArgumentException if the length does not fit the size
   */
  public static FourierMask ofFullPlane(int size, float[] plane) {
    int columns = columns(requireEven(size));
    requireLength(plane, size * size);
    float[] half = new float[size * columns];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < columns; column++) {
        int conjugate = (size - row) % size * size + (size - column) % size;
        half[row * columns + column] = 0.5f * (plane[row * size + column] + plane[conjugate]);
      }
    }
    return new FourierMask(size, half);
  }

  /** Columns of the half plane of a {@code size x size} image: {@code size / 2 + 1}. */
  public static int columns(int size) {
    return size / 2 + 1;
  }

  /**
   * How many cells of the full plane a cell in this column of the half plane stands for: 1 in the
   * columns 0 and {@code size / 2}, else 2.
   */
  public static int multiplicity(int size, int column) {
    return column == 0 || column == size / 2 ? 1 : 2;
  }

  /** Side of the image in pixels. */
  public int size() {
    return size;
  }

  /** The weight of row {@code row} (0 to size - 1), column {@code column} (0 to size / 2). */
  public float at(int row, int column) {
    return half[
        Objects.checkIndex(row, size) * columns(size) + Objects.checkIndex(column, columns(size))];
  }

  /** A copy of the half plane, row-major, {@code size * (size / 2 + 1)} values. */
  public float[] halfPlane() {
    return half.clone();
  }

  /** The full plane, row-major, unshifted, {@code size * size} values. */
  public float[] fullPlane() {
    int columns = columns(size);
    float[] plane = new float[size * size];
    for (int row = 0; row < size; row++) {
      System.arraycopy(half, row * columns, plane, row * size, columns);
      for (int column = columns; column < size; column++) {
        plane[row * size + column] = half[(size - row) % size * columns + size - column];
      }
    }
    return plane;
  }

  /**
   * The full plane as it is drawn, row-major: the zero frequency at row and column {@code size /
   * 2}.
   */
  public float[] centredPlane() {
    float[] plane = fullPlane();
    float[] centred = new float[plane.length];
    int centre = size / 2;
    for (int row = 0; row < size; row++) {
      int target = (row + centre) % size * size;
      System.arraycopy(plane, row * size, centred, target + centre, centre);
      System.arraycopy(plane, row * size + centre, centred, target, centre);
    }
    return centred;
  }

  /** {@code [M > 0]}: passes in full every frequency of which this mask keeps anything. */
  public FourierMask binary() {
    float[] other = new float[half.length];
    for (int i = 0; i < half.length; i++) {
      other[i] = half[i] > 0 ? 1f : 0f;
    }
    return new FourierMask(size, other);
  }

  /** {@code 1 - [M > 0]}: passes every frequency of which this mask keeps nothing. */
  public FourierMask complement() {
    float[] other = new float[half.length];
    for (int i = 0; i < half.length; i++) {
      other[i] = half[i] > 0 ? 0f : 1f;
    }
    return new FourierMask(size, other);
  }

  /**
   * {@code ||M||_1 / ||1||_1}, the mean absolute value over the full plane, in [0, 1] for a trained
   * mask; lower is sparser.
   */
  public double sparsity() {
    int columns = columns(size);
    double sum = 0;
    for (int i = 0; i < half.length; i++) {
      sum += multiplicity(size, i % columns) * (double) Math.abs(half[i]);
    }
    return sum / ((double) size * size);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FourierMask mask && size == mask.size && Arrays.equals(half, mask.half);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(half);
  }

  @Override
  public String toString() {
    return "FourierMask[%d x %d, sparsity %.3f]".formatted(size, columns(size), sparsity());
  }

  static int requireEven(int size) {
    if (size < 2 || size % 2 != 0) {
      throw new IllegalArgumentException(
          "The side of a mask must be even and at least 2, not " + size);
    }
    return size;
  }

  static void requireLength(float[] values, int length) {
    if (values.length != length) {
      throw new IllegalArgumentException(
          "%d values were given, %d are needed".formatted(values.length, length));
    }
  }
}
