package io.fouriermasks.training;

import io.fouriermasks.dataset.EvaluationDataset;
import io.fouriermasks.network.Fingerprint;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The images that a mask is trained over, with their true labels. They are made when they are asked
 * for, so that a large set need not lie in memory as floats. Immutable.
 */
public final class MaskImages {

  private final IntFunction<float[]> pixels;
  private final int[] labels;

  private MaskImages(IntFunction<float[]> pixels, int[] labels) {
    if (labels.length == 0) {
      throw new IllegalArgumentException("A mask needs at least one image");
    }
    this.pixels = pixels;
    this.labels = labels;
  }

  /**
   * Images on the heap.
   *
   * @param images each normalised, size x size, row-major
   * @param labels their classes, one an image
   */
  public static MaskImages of(List<float[]> images, int[] labels) {
    if (images.size() != labels.length) {
      throw new IllegalArgumentException(
          "%d images have %d labels".formatted(images.size(), labels.length));
    }
    return new MaskImages(List.copyOf(images)::get, labels.clone());
  }

  /**
   * All pictures of an evaluation set.
   *
   * @param mean of the pixel range [0, 1], to normalise by
   * @param std standard deviation in the same unit
   */
  public static MaskImages of(EvaluationDataset data, float mean, float std) {
    return new MaskImages(
        index -> data.image(index).normalised(mean, std),
        IntStream.range(0, data.size()).map(data::label).toArray());
  }

  /**
   * The images of one class, for its class mask.
   *
   * @throws IllegalArgumentException if there is none
   */
  public MaskImages ofClass(int label) {
    int[] indices = IntStream.range(0, size()).filter(i -> labels[i] == label).toArray();
    int[] same = new int[indices.length];
    Arrays.fill(same, label);
    return new MaskImages(index -> pixels.apply(indices[index]), same);
  }

  /** Number of images. */
  public int size() {
    return labels.length;
  }

  /** Image {@code index}: normalised, size x size, row-major. */
  public float[] pixels(int index) {
    return pixels.apply(index);
  }

  /** The class of image {@code index}. */
  public int label(int index) {
    return labels[index];
  }

  /** SHA-256 over all pixels and labels in their order, hexadecimal. */
  public String fingerprint() {
    Fingerprint fingerprint = new Fingerprint();
    for (int i = 0; i < size(); i++) {
      fingerprint.add(labels[i]).add(pixels(i));
    }
    return fingerprint.hex();
  }
}
