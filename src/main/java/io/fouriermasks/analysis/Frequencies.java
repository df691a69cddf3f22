package io.fouriermasks.analysis;

import io.fouriermasks.spectrum.FourierMask;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/**
 * The distinct frequencies of real images: a frequency and its conjugate are one, so that there are
 * {@code size^2 / 2 + 2} of them. They are numbered row by row of the half plane.
 */
final class Frequencies {

  private final int size;
  private final int[] cells;

  Frequencies(int size) {
    this.size = size;
    int columns = FourierMask.columns(size);
    int[] all = new int[size * columns];
    int count = 0;
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < columns; column++) {
        boolean conjugateCameFirst = FourierMask.multiplicity(size, column) == 1 && row > size / 2;
        if (!conjugateCameFirst) {
          all[count++] = row * columns + column;
        }
      }
    }
    this.cells = Arrays.copyOf(all, count);
  }

  int count() {
    return cells.length;
  }

  /** Where the frequency is stored in the half plane. */
  int cell(int frequency) {
    return cells[frequency];
  }

  /** Cycles down the image: from {@code 1 - size / 2} to {@code size / 2}. */
  int down(int frequency) {
    int row = cells[frequency] / FourierMask.columns(size);
    return row <= size / 2 ? row : row - size;
  }

  /** Cycles across the image: from 0 to {@code size / 2}. */
  int across(int frequency) {
    return cells[frequency] % FourierMask.columns(size);
  }

  /** Squared distance from the zero frequency, in cells. */
  int squaredRadius(int frequency) {
    return down(frequency) * down(frequency) + across(frequency) * across(frequency);
  }

  /** Sets a value in the half plane that begins at {@code offset}, for a frequency's both cells. */
  void set(float[] halfPlanes, int offset, int frequency, float value) {
    int cell = cells[frequency];
    halfPlanes[offset + cell] = value;
    int column = across(frequency);
    if (FourierMask.multiplicity(size, column) == 1) {
      int row = (size - cell / FourierMask.columns(size)) % size;
      halfPlanes[offset + row * FourierMask.columns(size) + column] = value;
    }
  }

  /** All frequencies from the largest value to the smallest, equal ones in random order. */
  int[] descending(IntToDoubleFunction value, SplittableRandom ties) {
    return Arrays.stream(Permutation.random(count(), ties))
        .boxed()
        .sorted(Comparator.comparingDouble(frequency -> -value.applyAsDouble(frequency)))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
