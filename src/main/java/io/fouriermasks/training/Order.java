package io.fouriermasks.training;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * In which order an epoch visits the images. It depends on the number of the epoch and on nothing
 * that happened before, so that an epoch can be repeated from its middle.
 */
public sealed interface Order {

  /**
   * A permutation.
   *
   * @param images number of images
   * @param epoch number of the epoch, from 1
   * @return the indices 0 to {@code images - 1}, each once
   */
  int[] indices(int images, int epoch);

  /** A new random order for each epoch, drawn from the seed and the number of the epoch. */
  static Order shuffled(long seed) {
    return new Shuffled(seed);
  }

  /** The order in which the images were given, in every epoch. */
  static Order given() {
    return new Given();
  }

  /** See {@link #shuffled}. */
  record Shuffled(long seed) implements Order {

    @Override
    public int[] indices(int images, int epoch) {
      SplittableRandom random = new SplittableRandom(mixed(mixed(seed) + epoch));
      int[] order = new int[images];
      for (int i = 0; i < images; i++) {
        int j = random.nextInt(i + 1);
        order[i] = order[j];
        order[j] = i;
      }
      return order;
    }

    /** SplitMix64's step: neighbouring numbers become unrelated seeds. */
    private static long mixed(long value) {
      return new SplittableRandom(value).nextLong();
    }
  }

  /** See {@link #given}. */
  record Given() implements Order {

    @Override
    public int[] indices(int images, int epoch) {
      return IntStream.range(0, images).toArray();
    }
  }
}
