package io.fouriermasks.training;

import io.fouriermasks.dataset.EvaluationDataset;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
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
    MessageDigest digest = sha256();
    for (int i = 0; i < size(); i++) {
      float[] image = pixels(i);
      ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * image.length).putInt(labels[i]);
      bytes.asFloatBuffer().put(image);
      digest.update(bytes.array());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
