package io.fouriermasks.dataset;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;

/**
 * Takes 8-bit samples out of what an image reader returned. It reads the stored values: {@code
 * getRGB} would convert colour spaces, and brighten grays that AWT holds for linear.
 */
final class DecodedRaster {

  private DecodedRaster() {}

  static RgbImage of(BufferedImage image) {
    Raster raster = image.getRaster();
    if (image.getColorModel() instanceof IndexColorModel palette) {
      return indexed(raster, palette);
    }
    int channels = raster.getNumBands() >= 3 ? 3 : 1;
    if (raster.getDataBuffer() instanceof DataBufferByte buffer
        && buffer.getNumBanks() == 1
        && raster.getSampleModel() instanceof PixelInterleavedSampleModel layout) {
      return interleaved(raster, buffer.getData(), layout, channels);
    }
    int shift = raster.getDataBuffer().getDataType() == DataBuffer.TYPE_USHORT ? 8 : 0;
    return general(raster, channels, shift);
  }

  private static RgbImage interleaved(
      Raster raster, byte[] data, PixelInterleavedSampleModel layout, int channels) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    int step = layout.getPixelStride();
    int[] offsets = layout.getBandOffsets();
    byte[] samples = new byte[width * height * channels];
    for (int y = 0, target = 0; y < height; y++) {
      int from = y * layout.getScanlineStride();
      if (channels == 1) {
        for (int x = 0; x < width; x++, from += step) {
          samples[target++] = data[from + offsets[0]];
        }
      } else {
        for (int x = 0; x < width; x++, from += step, target += 3) {
          samples[target] = data[from + offsets[0]];
          samples[target + 1] = data[from + offsets[1]];
          samples[target + 2] = data[from + offsets[2]];
        }
      }
    }
    return new RgbImage(width, height, channels, samples);
  }

  private static RgbImage general(Raster raster, int channels, int shift) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    int bands = raster.getNumBands();
    byte[] samples = new byte[width * height * channels];
    int[] row = new int[width * bands];
    for (int y = 0, target = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          samples[target++] = (byte) (row[x * bands + c] >> shift);
        }
      }
    }
    return new RgbImage(width, height, channels, samples);
  }

  private static RgbImage indexed(Raster raster, IndexColorModel palette) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    int[] colours = new int[256];
    boolean gray = true;
    for (int i = 0; i < Math.min(palette.getMapSize(), colours.length); i++) {
      colours[i] = palette.getRGB(i);
      gray &= palette.getRed(i) == palette.getGreen(i) && palette.getRed(i) == palette.getBlue(i);
    }
    int channels = gray ? 1 : 3;
    byte[] samples = new byte[width * height * channels];
    int[] row = new int[width];
    for (int y = 0, target = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int index : row) {
        int colour = colours[index];
        samples[target++] = (byte) (colour >> 16);
        if (!gray) {
          samples[target++] = (byte) (colour >> 8);
          samples[target++] = (byte) colour;
        }
      }
    }
    return new RgbImage(width, height, channels, samples);
  }

  /**
   * Mixes four inks as PIL does: stored inverted, after Adobe's habit, and each of the three
   * colours is what the ink and the black leave of the light.
   *
   * @param ycck whether the first three are luma and chroma of the inks
   */
  static RgbImage ofInks(Raster raster, boolean ycck) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    byte[] samples = new byte[width * height * 3];
    int[] row = new int[width * 4];
    for (int y = 0, target = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int i = 0; i < row.length; i += 4) {
        if (ycck) {
          inksOfYcc(row, i);
        }
        int light = row[i + 3];
        for (int c = 0; c < 3; c++) {
          int product = (255 - row[i + c]) * light + 128;
          int taken = ((product >> 8) + product) >> 8;
          samples[target++] = (byte) Math.max(0, light - taken);
        }
      }
    }
    return new RgbImage(width, height, 3, samples);
  }

  /** libjpeg's conversion, in 16-bit fixed point. */
  private static void inksOfYcc(int[] row, int at) {
    int y = row[at];
    int cb = row[at + 1] - 128;
    int cr = row[at + 2] - 128;
    row[at] = 255 - clip(y + ((91881 * cr + 32768) >> 16));
    row[at + 1] = 255 - clip(y + ((-22554 * cb - 46802 * cr + 32768) >> 16));
    row[at + 2] = 255 - clip(y + ((116130 * cb + 32768) >> 16));
  }

  private static int clip(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
