package io.fouriermasks.dataset;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;

/**
 * A grayscale picture: 8-bit luma, row-major, 0 is black. The array is not copied: whoever hands it
 * over must not change it any more.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param pixels {@code width * height} unsigned bytes
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record GrayImage(int width, int height, byte[] pixels) {

  /**
   * @throws IllegalArgumentException if the number of pixels does not fit the size
   */
  public GrayImage {
    RgbImage.requireSamples(width, height, 1, pixels);
  }

  /** The luma in column {@code x}, row {@code y}: 0 to 255. */
  public int at(int x, int y) {
    return pixels[y * width + x] & 0xff;
  }

  /**
   * The network's input, {@code height * width} values, row-major: {@code (v / 255 - mean) / std},
   * computed in float as torchvision's {@code ToTensor} and {@code Normalize} do.
   *
   * @param mean of the pixel range [0, 1]
   * @param std standard deviation in the same unit
   */
  public float[] normalised(float mean, float std) {
    float[] values = new float[pixels.length];
    normaliseInto(values, 0, normalisation(mean, std));
    return values;
  }

  /** The value of {@link #normalised} for each of the 256 levels. */
  static float[] normalisation(float mean, float std) {
    float[] levels = new float[256];
    for (int level = 0; level < levels.length; level++) {
      levels[level] = (level / 255f - mean) / std;
    }
    return levels;
  }

  /** Writes {@code height * width} values from {@code offset} on. */
  void normaliseInto(float[] target, int offset, float[] levels) {
    for (int i = 0; i < pixels.length; i++) {
      target[offset + i] = levels[pixels[i] & 0xff];
    }
  }

  /** A copy as {@link BufferedImage#TYPE_BYTE_GRAY} with the very same byte values. */
  public BufferedImage toBufferedImage() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    // not setRGB and not drawImage: AWT's gray is linear, both would change the values
    byte[] target = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    System.arraycopy(pixels, 0, target, 0, pixels.length);
    return image;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GrayImage image
        && width == image.width
        && height == image.height
        && Arrays.equals(pixels, image.pixels);
  }

  @Override
  public int hashCode() {
    return 31 * width + Arrays.hashCode(pixels);
  }

  @Override
  public String toString() {
    return "GrayImage[%d x %d]".formatted(width, height);
  }
}
