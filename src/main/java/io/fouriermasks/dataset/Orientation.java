package io.fouriermasks.dataset;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The eight ways in which EXIF says that stored pixels have to be turned to be upright. */
enum Orientation {
  // in EXIF's order, 1 to 8: is x taken from y, is the stored column mirrored, is the stored row
  UPRIGHT(false, false, false),
  MIRRORED(false, true, false),
  UPSIDE_DOWN(false, true, true),
  MIRRORED_UPSIDE_DOWN(false, false, true),
  TRANSPOSED(true, false, false),
  LYING_ON_ITS_LEFT(true, false, true),
  TRANSVERSED(true, true, true),
  LYING_ON_ITS_RIGHT(true, true, false);

  private static final int TAG = 0x0112;
  private static final int TYPE_SHORT = 3;
  private static final int ENTRY_BYTES = 12;

  private final boolean transposed;
  private final boolean mirrorsColumns;
  private final boolean mirrorsRows;

  Orientation(boolean transposed, boolean mirrorsColumns, boolean mirrorsRows) {
    this.transposed = transposed;
    this.mirrorsColumns = mirrorsColumns;
    this.mirrorsRows = mirrorsRows;
  }

  /**
   * Reads the orientation from a TIFF structure, the body of an EXIF block. A block that is damaged
   * or says nothing counts as upright: it is no reason to refuse a picture.
   */
  static Orientation ofExif(byte[] bytes, int offset, int length) {
    ByteBuffer tiff = ByteBuffer.wrap(bytes, offset, length).slice();
    if (length < 8) {
      return UPRIGHT;
    }
    short order = tiff.getShort(0);
    if (order == 0x4949) {
      tiff.order(ByteOrder.LITTLE_ENDIAN);
    } else if (order != 0x4d4d) {
      return UPRIGHT;
    }
    long directory = tiff.getInt(4) & 0xffffffffL;
    if (directory + 2 > length) {
      return UPRIGHT;
    }
    int entries = tiff.getShort((int) directory) & 0xffff;
    for (int i = 0; i < entries; i++) {
      long entry = directory + 2 + (long) ENTRY_BYTES * i;
      if (entry + ENTRY_BYTES > length) {
        return UPRIGHT;
      }
      int at = (int) entry;
      if ((tiff.getShort(at) & 0xffff) == TAG && tiff.getShort(at + 2) == TYPE_SHORT) {
        int value = tiff.getShort(at + 8) & 0xffff;
        return value >= 1 && value <= 8 ? values()[value - 1] : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  /** The upright picture of stored pixels. */
  RgbImage upright(RgbImage stored) {
    if (this == UPRIGHT) {
      return stored;
    }
    int width = transposed ? stored.height() : stored.width();
    int height = transposed ? stored.width() : stored.height();
    int channels = stored.channels();
    byte[] source = stored.samples();
    byte[] samples = new byte[source.length];
    for (int y = 0, target = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int column = transposed ? y : x;
        int row = transposed ? x : y;
        column = mirrorsColumns ? stored.width() - 1 - column : column;
        row = mirrorsRows ? stored.height() - 1 - row : row;
        int from = (row * stored.width() + column) * channels;
        for (int c = 0; c < channels; c++) {
          samples[target++] = source[from + c];
        }
      }
    }
    return new RgbImage(width, height, channels, samples);
  }
}
