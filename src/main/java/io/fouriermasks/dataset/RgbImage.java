package io.fouriermasks.dataset;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;

/**
 * A decoded picture, upright: 8 bits a sample, row-major, channels interleaved. A colour picture
 * has the channels red, green, blue; a grayscale picture keeps its one channel, which is three
 * times less work. The array is not copied: whoever hands it over must not change it any more.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param channels 1 or 3
 * @param samples {@code width * height * channels} unsigned bytes
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record RgbImage(int width, int height, int channels, byte[] samples) {

  /**
   * @throws IllegalArgumentException if the number of channels is neither 1 nor 3, or the number of
   *     samples does not fit the size
   */
  public RgbImage {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("A picture has 1 or 3 channels, not " + channels);
    }
    requireSamples(width, height, channels, samples);
  }

  static void requireSamples(int width, int height, int channels, byte[] samples) {
    if (width < 1 || height < 1 || (long) width * height * channels != samples.length) {
      throw new IllegalArgumentException(
          "A picture of %d x %d pixels with %d channels cannot have %d samples"
              .formatted(width, height, channels, samples.length));
    }
  }

  /** Whether there is only one channel. */
  public boolean isGray() {
    return channels == 1;
  }

  /**
   * The ITU-R 601-2 luma in the fixed-point arithmetic of PIL's {@code convert('L')}: {@code (19595
   * R + 38470 G + 7471 B + 32768) >> 16}. A grayscale picture is returned as it is.
   */
  public GrayImage luma() {
    if (isGray()) {
      return new GrayImage(width, height, samples);
    }
    byte[] pixels = new byte[width * height];
    for (int i = 0, s = 0; i < pixels.length; i++, s += 3) {
      int red = samples[s] & 0xff;
      int green = samples[s + 1] & 0xff;
      int blue = samples[s + 2] & 0xff;
      pixels[i] = (byte) ((19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16);
    }
    return new GrayImage(width, height, pixels);
  }

  /** A copy as {@link BufferedImage#TYPE_BYTE_GRAY} or {@link BufferedImage#TYPE_3BYTE_BGR}. */
  public BufferedImage toBufferedImage() {
    if (isGray()) {
      return luma().toBufferedImage();
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    byte[] target = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int s = 0; s < samples.length; s += 3) {
      target[s] = samples[s + 2];
      target[s + 1] = samples[s + 1];
      target[s + 2] = samples[s];
    }
    return image;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RgbImage image
        && width == image.width
        && height == image.height
        && Arrays.equals(samples, image.samples);
  }

  @Override
  public int hashCode() {
    return 31 * width + Arrays.hashCode(samples);
  }

  @Override
  public String toString() {
    return "RgbImage[%d x %d, %d channels]".formatted(width, height, channels);
  }
}
