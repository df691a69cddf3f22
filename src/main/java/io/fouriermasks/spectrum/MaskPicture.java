package io.fouriermasks.spectrum;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Draws masks, and what else has one value a frequency. */
public final class MaskPicture {

  private static final int MISSING = 0x808080;

  private MaskPicture() {}

  /**
   * A PNG of the full plane, one pixel a frequency, 0 to 1 on the colour map.
   *
   * @param shift whether the zero frequency stands in the middle (row and column size / 2) instead
   *     of at the top left
   */
  public static byte[] png(FourierMask mask, ColorMap map, boolean shift) {
    return png(mask.fullPlane(), mask.size(), 0, 1, map, shift);
  }

  /**
   * A PNG of a full plane of any values, one pixel a frequency; not-a-number is drawn in mid gray.
   *
   * @param plane {@code size * size} values, row-major
   * @param low value of the scale's first colour; lower ones take it too
   * @param high value of the scale's last colour; higher ones take it too
   * @param shift whether the plane begins with the zero frequency and is to be drawn with it in the
   *     middle
   */
  public static byte[] png(
      float[] plane, int size, float low, float high, ColorMap map, boolean shift) {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    int offset = shift ? size / 2 : 0;
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        float value = plane[(row + offset) % size * size + (column + offset) % size];
        int color = Float.isNaN(value) ? MISSING : map.rgb((value - low) / (high - low));
        image.setRGB(column, row, color);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return out.toByteArray();
  }
}
