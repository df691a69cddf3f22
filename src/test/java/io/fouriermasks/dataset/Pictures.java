package io.fouriermasks.dataset;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;

/** Files and pictures that the tests of this package are fed with. */
final class Pictures {

  private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

  private Pictures() {}

  static byte[] reference(String name) {
    try (InputStream in = Pictures.class.getResourceAsStream("/reference/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A picture of noise. */
  static RgbImage noise(int width, int height, int channels, long seed) {
    byte[] samples = new byte[width * height * channels];
    new SplittableRandom(seed).nextBytes(samples);
    return new RgbImage(width, height, channels, samples);
  }

  static byte[] encoded(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] png(RgbImage image) {
    byte[] rows = new byte[image.height() * (1 + image.width() * image.channels())];
    int stride = image.width() * image.channels();
    for (int y = 0; y < image.height(); y++) {
      System.arraycopy(image.samples(), y * stride, rows, y * (stride + 1) + 1, stride);
    }
    int colourType = image.isGray() ? 0 : 2;
    return concat(
        PNG_SIGNATURE,
        header(image.width(), image.height(), 8, colourType),
        chunk("IDAT", deflated(rows)),
        chunk("IEND"));
  }

  /** A PNG of the given chunks. */
  static byte[] png(byte[]... chunks) {
    return concat(PNG_SIGNATURE, concat(chunks));
  }

  static byte[] header(int width, int height, int bits, int colourType) {
    ByteBuffer body = ByteBuffer.allocate(13);
    body.putInt(width).putInt(height).put((byte) bits).put((byte) colourType);
    return chunk("IHDR", body.array());
  }

  static byte[] chunk(String type, int... body) {
    byte[] bytes = new byte[body.length];
    for (int i = 0; i < body.length; i++) {
      bytes[i] = (byte) body[i];
    }
    return chunk(type, bytes);
  }

  static byte[] chunk(String type, byte[] body) {
    byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 checksum = new CRC32();
    checksum.update(name);
    checksum.update(body);
    return ByteBuffer.allocate(12 + body.length)
        .putInt(body.length)
        .put(name)
        .put(body)
        .putInt((int) checksum.getValue())
        .array();
  }

  static byte[] data(int... rows) {
    byte[] bytes = new byte[rows.length];
    for (int i = 0; i < rows.length; i++) {
      bytes[i] = (byte) rows[i];
    }
    return chunk("IDAT", deflated(bytes));
  }

  static byte[] deflated(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(out, new Deflater(9))) {
      deflater.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** The TIFF structure of an EXIF block that only has an orientation. */
  static byte[] exif(int orientation, boolean bigEndian) {
    return bigEndian
        ? new byte[] {
          'M',
          'M',
          0,
          42,
          0,
          0,
          0,
          8,
          0,
          1,
          1,
          0x12,
          0,
          3,
          0,
          0,
          0,
          1,
          0,
          (byte) orientation,
          0,
          0,
          0,
          0,
          0,
          0
        }
        : new byte[] {
          'I',
          'I',
          42,
          0,
          8,
          0,
          0,
          0,
          1,
          0,
          0x12,
          1,
          3,
          0,
          1,
          0,
          0,
          0,
          (byte) orientation,
          0,
          0,
          0,
          0,
          0,
          0,
          0
        };
  }

  /** The JPEG with a segment put in right after its first two bytes. */
  static byte[] withSegment(byte[] jpeg, int marker, byte[] body) {
    byte[] segment =
        ByteBuffer.allocate(4 + body.length)
            .put((byte) 0xff)
            .put((byte) marker)
            .putShort((short) (2 + body.length))
            .put(body)
            .array();
    byte[] rest = new byte[jpeg.length - 2];
    System.arraycopy(jpeg, 2, rest, 0, rest.length);
    return concat(new byte[] {(byte) 0xff, (byte) 0xd8}, segment, rest);
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
