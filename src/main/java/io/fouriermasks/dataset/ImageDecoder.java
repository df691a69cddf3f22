package io.fouriermasks.dataset;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Objects;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes PNG and JPEG files of strangers. The format is told by content, never by name; size in
 * bytes and in pixels is bounded before a pixel is decoded; only the segments that pixels need
 * reach the decoder of the JDK, so that colour profiles, texts and thumbnails are neither parsed
 * nor inflated. Pictures come out upright. Thread-safe.
 *
 * <p>Values are those of PIL's {@code convert('RGB')}: transparency is dropped, colour profiles are
 * not applied, inks are mixed by {@code (255 - C) (255 - K)}. Two exceptions: 16-bit samples keep
 * their high byte (PIL clips grays), and the EXIF orientation is applied.
 */
public final class ImageDecoder {

  /**
   * What is refused before decoding.
   *
   * @param bytes largest file
   * @param pixels largest width x height
   * @param side largest width and height, in pixels
   */
  public record Limits(int bytes, long pixels, int side) {

    /** For pictures that come in over the network: 20 MB, 40 megapixels, sides up to 20 000. */
    public static final Limits UPLOAD = new Limits(20_000_000, 40_000_000, 20_000);

    /** For image folders on the server's own disk: 100 MB, 100 megapixels, sides up to 32 767. */
    public static final Limits FOLDER = new Limits(100_000_000, 100_000_000, 32_767);

    void requireSize(int width, int height) throws UnreadableImageException {
      if (width < 1 || height < 1) {
        throw new UnreadableImageException(
            "The picture says that it has no pixels; open it in a picture editor and save it"
                + " again.");
      }
      if (width > side || height > side) {
        throw new UnreadableImageException(
            "The picture is %d x %d pixels, but no side may be longer than %d; make it smaller."
                .formatted(width, height, side));
      }
      if ((long) width * height > pixels) {
        throw new UnreadableImageException(
            "The picture is %d x %d pixels, more than the %d megapixels allowed; make it smaller."
                .formatted(width, height, pixels / 1_000_000));
      }
    }

    private UnreadableImageException tooManyBytes() {
      return new UnreadableImageException(
          "The file is larger than the %d MB allowed; make the picture smaller."
              .formatted(bytes / 1_000_000));
    }
  }

  private final Limits limits;

  /**
   * @param limits what to refuse
   */
  public ImageDecoder(Limits limits) {
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  /**
   * Reads and decodes a file; never more of it than the limit.
   *
   * @throws UnreadableImageException if it cannot be read or is no picture within the limits
   */
  public RgbImage decode(Path file) throws UnreadableImageException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(limits.bytes + 1);
    } catch (IOException e) {
      throw new UnreadableImageException(
          "The file cannot be read; check that it exists and may be read.", e);
    }
    return decode(bytes);
  }

  /**
   * Decodes a file's content. The array is not changed.
   *
   * @throws UnreadableImageException if it is no picture within the limits
   */
  public RgbImage decode(byte[] file) throws UnreadableImageException {
    if (file.length == 0) {
      throw new UnreadableImageException("The file is empty; copy or download it again.");
    }
    if (file.length > limits.bytes) {
      throw limits.tooManyBytes();
    }
    PictureHeader header;
    String format;
    if (PngContainer.matches(file)) {
      format = "PNG";
      header = PngContainer.read(file, limits);
    } else if (JpegContainer.matches(file)) {
      format = "JPEG";
      header = JpegContainer.read(file, limits);
    } else {
      throw new UnreadableImageException(
          "The content of the file is neither PNG nor JPEG; save the picture as one of them.");
    }
    return header.orientation().upright(pixels(header, format));
  }

  private static RgbImage pixels(PictureHeader header, String format)
      throws UnreadableImageException {
    ImageReader reader = reader(format);
    try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(header.essential()))) {
      reader.setInput(in, true, true);
      if (reader.getWidth(0) != header.width() || reader.getHeight(0) != header.height()) {
        throw new IOException("The decoder sees another size than the header");
      }
      return switch (header.colour()) {
        case PLAIN -> DecodedRaster.of(reader.read(0));
        case CMYK, YCCK -> inks(reader.readRaster(0, null), header);
      };
    } catch (OutOfMemoryError | LinkageError e) {
      // the machine's fault, not the picture's
      throw e;
    } catch (IOException | RuntimeException | Error e) {
      throw new UnreadableImageException(
          "The %s file is damaged or incomplete; open it in a picture editor and save it again."
              .formatted(format),
          e);
    } finally {
      reader.dispose();
    }
  }

  private static RgbImage inks(Raster raster, PictureHeader header) {
    return DecodedRaster.ofInks(raster, header.colour() == PictureHeader.Colour.YCCK);
  }

  /** The JDK's own reader: one on the class path may apply colour profiles or see other colours. */
  private static ImageReader reader(String format) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (reader.getClass().getModule() == ImageIO.class.getModule()) {
        return reader;
      }
    }
    throw new IllegalStateException("This Java has no reader for " + format);
  }
}
