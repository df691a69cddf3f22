package io.fouriermasks.dataset;

import io.fouriermasks.dataset.PictureHeader.Colour;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Walks the chunks of a PNG file. It finds size and orientation, checks that the file is whole, and
 * copies what a decoder needs: no colour profile and no compressed text of a stranger, which may
 * inflate without end, reaches a parser. Transparency is left out too: as in PIL's {@code
 * convert('RGB')} it has no effect.
 */
final class PngContainer {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int FRAME_BYTES = 12;

  private static final int IHDR = 0x49484452;
  private static final int PLTE = 0x504c5445;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454e44;
  private static final int EXIF = 0x65584966;

  private static final int PALETTE = 3;

  private static final String TRUNCATED = "The PNG file ends too early; copy or download it again.";
  private static final String DAMAGED =
      "The PNG file is damaged; open it in a picture editor and save it again.";

  private final ByteBuffer file;
  private final ImageDecoder.Limits limits;
  private final ByteArrayOutputStream essential;

  private int width;
  private int height;
  private int colourType = -1;
  private boolean palette;
  private boolean pixels;
  private Orientation orientation = Orientation.UPRIGHT;

  private PngContainer(byte[] bytes, ImageDecoder.Limits limits) {
    this.limits = limits;
    file = ByteBuffer.wrap(bytes);
    essential = new ByteArrayOutputStream(bytes.length);
    essential.write(bytes, 0, SIGNATURE.length);
  }

  static boolean matches(byte[] bytes) {
    return bytes.length >= SIGNATURE.length
        && Arrays.equals(bytes, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
  }

  static PictureHeader read(byte[] bytes, ImageDecoder.Limits limits)
      throws UnreadableImageException {
    return new PngContainer(bytes, limits).walk();
  }

  private PictureHeader walk() throws UnreadableImageException {
    int position = SIGNATURE.length;
    int type;
    do {
      if (file.capacity() - position < FRAME_BYTES) {
        throw new UnreadableImageException(TRUNCATED);
      }
      int length = file.getInt(position);
      type = file.getInt(position + 4);
      if (length < 0 || (colourType < 0) != (type == IHDR)) {
        throw new UnreadableImageException(DAMAGED);
      }
      if (length > file.capacity() - position - FRAME_BYTES) {
        throw new UnreadableImageException(TRUNCATED);
      }
      chunk(type, position, length);
      position += FRAME_BYTES + length;
    } while (type != IEND);
    if (!pixels || (colourType == PALETTE && !palette)) {
      throw new UnreadableImageException(DAMAGED);
    }
    int components = colourType == 2 || colourType == 6 || colourType == PALETTE ? 3 : 1;
    return new PictureHeader(
        width, height, components, Colour.PLAIN, orientation, essential.toByteArray());
  }

  private void chunk(int type, int position, int length) throws UnreadableImageException {
    int body = position + 8;
    switch (type) {
      case IHDR -> {
        requireChecksum(position, length);
        header(body, length);
      }
      case PLTE -> {
        requireChecksum(position, length);
        palette = true;
      }
      case IDAT -> {
        requireChecksum(position, length);
        pixels = true;
      }
      case EXIF -> orientation = Orientation.ofExif(file.array(), body, length);
      default -> {}
    }
    // a palette of a colour picture is a suggestion to old screens
    boolean needed = type == PLTE ? colourType == PALETTE : isCritical(type);
    if (needed) {
      essential.write(file.array(), position, FRAME_BYTES + length);
    }
  }

  private static boolean isCritical(int type) {
    return type == IHDR || type == IDAT || type == IEND;
  }

  private void header(int body, int length) throws UnreadableImageException {
    if (length != 13) {
      throw new UnreadableImageException(DAMAGED);
    }
    width = file.getInt(body);
    height = file.getInt(body + 4);
    colourType = file.get(body + 9);
    boolean known =
        colourType == 0
            || colourType == 2
            || colourType == PALETTE
            || colourType == 4
            || colourType == 6;
    limits.requireSize(width, height);
    if (!known) {
      throw new UnreadableImageException(DAMAGED);
    }
  }

  private void requireChecksum(int position, int length) throws UnreadableImageException {
    CRC32 checksum = new CRC32();
    checksum.update(file.array(), position + 4, length + 4);
    if ((int) checksum.getValue() != file.getInt(position + 8 + length)) {
      throw new UnreadableImageException(DAMAGED);
    }
  }
}
