package io.fouriermasks.dataset;

import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Pictures as a network takes them.
 *
 * @param images {@code size x 1 x side x side} normalised values, row-major
 * @param labels {@code size} class indices
 * @param size number of pictures, at least 1
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record Batch(float[] images, int[] labels, int size) {

  /** The pictures of one class in their order, if there are any. */
  public Optional<Batch> ofClass(int label) {
    int[] own = IntStream.range(0, size).filter(i -> labels[i] == label).toArray();
    if (own.length == 0) {
      return Optional.empty();
    }
    int pixels = images.length / size;
    float[] part = new float[own.length * pixels];
    for (int i = 0; i < own.length; i++) {
      System.arraycopy(images, own[i] * pixels, part, i * pixels, pixels);
    }
    return Optional.of(
        new Batch(part, IntStream.of(own).map(i -> labels[i]).toArray(), own.length));
  }
}
