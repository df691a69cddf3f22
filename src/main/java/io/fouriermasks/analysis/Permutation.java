package io.fouriermasks.analysis;

import java.util.SplittableRandom;

/** Random orders. */
final class Permutation {

  private Permutation() {}

  /** The numbers 0 to {@code n - 1}, every order equally likely (Fisher and Yates). */
  static int[] random(int n, SplittableRandom random) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
