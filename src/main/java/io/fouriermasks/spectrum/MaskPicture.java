package io.fouriermasks.spectrum;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Draws masks. */
public final class MaskPicture {

  private MaskPicture() {}

  /**
   * A PNG of the full plane, one pixel a frequency, 0 to 1 on the colour map.
   *
   * @param shift whether the zero frequency stands in the middle (row and column size / 2) instead
   *     of at the top left
   */
  public static byte[] png(FourierMask mask, ColorMap map, boolean shift) {
    int size = mask.size();
    float[] plane = mask.fullPlane();
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    int offset = shift ? size / 2 : 0;
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        float value = plane[(row + offset) % size * size + (column + offset) % size];
        image.setRGB(column, row, map.rgb(value));
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
