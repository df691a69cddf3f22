package io.fouriermasks.dataset;

import io.fouriermasks.dataset.PictureHeader.Colour;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks the segments of a JPEG file. It finds size, orientation and colour coding, checks that the
 * file is whole, and copies what a decoder needs: no colour profile, no text and no thumbnail of a
 * stranger reaches a parser.
 */
final class JpegContainer {

  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;
  private static final int DNL = 0xdc;
  private static final int APP0 = 0xe0;
  private static final int APP1 = 0xe1;
  private static final int APP14 = 0xee;
  private static final int APP15 = 0xef;
  private static final int COMMENT = 0xfe;

  /** A progressive picture has about ten; thousands of empty ones would keep a decoder busy. */
  private static final int MAX_SCANS = 64;

  private static final String TRUNCATED =
      "The JPEG file ends too early; copy or download it again.";
  private static final String DAMAGED =
      "The JPEG file is damaged; open it in a picture editor and save it again.";
  private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] JFIF = "JFIF\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] ADOBE = "Adobe".getBytes(StandardCharsets.ISO_8859_1);

  private final byte[] bytes;
  private final ImageDecoder.Limits limits;
  private final ByteArrayOutputStream essential;
  private int position = 2;

  private int width;
  private int height;
  private int components;
  private boolean namedRgb;
  private int scans;
  private boolean jfif;
  private int adobeTransform = -1;
  private Orientation orientation;

  private JpegContainer(byte[] bytes, ImageDecoder.Limits limits) {
    this.limits = limits;
    this.bytes = bytes;
    this.essential = new ByteArrayOutputStream(bytes.length);
  }

  static boolean matches(byte[] bytes) {
    return bytes.length >= 3
        && (bytes[0] & 0xff) == 0xff
        && (bytes[1] & 0xff) == SOI
        && (bytes[2] & 0xff) == 0xff;
  }

  static PictureHeader read(byte[] bytes, ImageDecoder.Limits limits)
      throws UnreadableImageException {
    return new JpegContainer(bytes, limits).walk();
  }

  private PictureHeader walk() throws UnreadableImageException {
    for (int marker = nextMarker(); marker != EOI; marker = nextMarker()) {
      int start = position - 2;
      int length = unsignedShort(position);
      int end = position + length;
      if (marker == SOI || length < 2) {
        throw new UnreadableImageException(DAMAGED);
      }
      if (end > bytes.length) {
        throw new UnreadableImageException(TRUNCATED);
      }
      segment(marker, position + 2, end);
      position = marker == SOS ? markerFrom(end) : end;
      if (!isApplication(marker)) {
        essential.write(bytes, start, position - start);
      }
    }
    if (components == 0 || scans == 0) {
      throw new UnreadableImageException(DAMAGED);
    }
    return new PictureHeader(
        width,
        height,
        components,
        colour(),
        orientation == null ? Orientation.UPRIGHT : orientation,
        assembled());
  }

  /** The next marker that starts a segment or ends the file; noise before it is passed over. */
  private int nextMarker() throws UnreadableImageException {
    position = markerFrom(position) + 2;
    return bytes[position - 1] & 0xff;
  }

  /** Index of the next 0xff that is neither data, filling nor a marker without a segment. */
  private int markerFrom(int start) throws UnreadableImageException {
    for (int i = start; i < bytes.length - 1; i++) {
      if (bytes[i] == (byte) 0xff) {
        int code = bytes[i + 1] & 0xff;
        if (code > 0x01 && code != 0xff && (code < 0xd0 || code > 0xd7)) {
          return i;
        }
      }
    }
    throw new UnreadableImageException(TRUNCATED);
  }

  private int unsignedShort(int at) throws UnreadableImageException {
    if (at + 2 > bytes.length) {
      throw new UnreadableImageException(TRUNCATED);
    }
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  private boolean startsWith(int body, int end, byte[] name) {
    return end - body >= name.length
        && Arrays.equals(bytes, body, body + name.length, name, 0, name.length);
  }

  private static boolean isApplication(int marker) {
    return (marker >= APP0 && marker <= APP15) || marker == COMMENT;
  }

  private void segment(int marker, int body, int end) throws UnreadableImageException {
    if (marker == SOS) {
      if (++scans > MAX_SCANS) {
        throw new UnreadableImageException(
            "The JPEG file has more than %d scans; open it in a picture editor and save it again."
                .formatted(MAX_SCANS));
      }
    } else if (isFrame(marker)) {
      frame(marker, body, end);
    } else if (marker == DNL) {
      // would give another height than the frame that was checked
      throw new UnreadableImageException(DAMAGED);
    } else if (marker == APP0) {
      jfif |= startsWith(body, end, JFIF);
    } else if (marker == APP14 && startsWith(body, end, ADOBE) && end - body >= 12) {
      adobeTransform = bytes[body + 11] & 0xff;
    } else if (marker == APP1 && orientation == null && startsWith(body, end, EXIF)) {
      int tiff = body + EXIF.length;
      orientation = Orientation.ofExif(bytes, tiff, end - tiff);
    }
  }

  private static boolean isFrame(int marker) {
    boolean table = marker == 0xc4 || marker == 0xc8 || marker == 0xcc;
    return marker >= 0xc0 && marker <= 0xcf && !table;
  }

  private void frame(int marker, int body, int end) throws UnreadableImageException {
    if (components != 0 || end - body < 6) {
      throw new UnreadableImageException(DAMAGED);
    }
    int precision = bytes[body] & 0xff;
    if (marker > 0xc2 || precision != 8) {
      throw new UnreadableImageException(
          "The JPEG file is of a rare kind (lossless, arithmetic or not 8 bits); save it as an"
              + " ordinary JPEG or PNG.");
    }
    height = unsignedShort(body + 1);
    width = unsignedShort(body + 3);
    components = bytes[body + 5] & 0xff;
    limits.requireSize(width, height);
    boolean known = components == 1 || components == 3 || components == 4;
    if (!known || end - body < 6 + 3 * components) {
      throw new UnreadableImageException(DAMAGED);
    }
    namedRgb =
        components == 3
            && bytes[body + 6] == 'R'
            && bytes[body + 9] == 'G'
            && bytes[body + 12] == 'B';
  }

  private Colour colour() {
    if (components != 4) {
      return Colour.PLAIN;
    }
    return adobeTransform == 2 ? Colour.YCCK : Colour.CMYK;
  }

  /** Whether libjpeg, and so PIL, takes three components for red, green and blue. */
  private boolean isPlainRgb() {
    if (jfif) {
      return false;
    }
    if (adobeTransform >= 0) {
      return adobeTransform == 0;
    }
    return namedRgb;
  }

  /**
   * The essential segments behind an Adobe marker of our own that names the colour coding, because
   * without one Java's decoder guesses by other rules than everybody else's.
   */
  private byte[] assembled() {
    int transform = 0;
    if (components == 3 && !isPlainRgb()) {
      transform = 1;
    } else if (colour() == Colour.YCCK) {
      transform = 2;
    }
    byte[] start = {(byte) 0xff, (byte) SOI, (byte) 0xff, (byte) APP14, 0, 14};
    byte[] fields = {0, 100, 0, 0, 0, 0, (byte) transform};
    byte[] finish = {(byte) 0xff, (byte) EOI};
    ByteArrayOutputStream file =
        new ByteArrayOutputStream(essential.size() + start.length + ADOBE.length + 9);
    file.writeBytes(start);
    file.writeBytes(ADOBE);
    file.writeBytes(fields);
    file.writeBytes(essential.toByteArray());
    file.writeBytes(finish);
    return file.toByteArray();
  }
}
