package io.fouriermasks.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is decoded, and to which values. */
class ImageDecoderTest {

  private static final byte[] END = Pictures.chunk("IEND");

  private final ImageDecoder decoder = new ImageDecoder(ImageDecoder.Limits.UPLOAD);

  @Test
  void a_colour_png_keeps_its_values() throws Exception {
    RgbImage image = Pictures.noise(31, 17, 3, 3);

    assertThat(decoder.decode(Pictures.png(image))).isEqualTo(image);
  }

  @Test
  void a_gray_png_keeps_one_channel() throws Exception {
    RgbImage image = Pictures.noise(31, 17, 1, 4);

    RgbImage decoded = decoder.decode(Pictures.png(image));

    assertThat(decoded.channels()).isEqualTo(1);
    assertThat(decoded).isEqualTo(image);
  }

  @Test
  void one_pixel_is_a_picture() throws Exception {
    RgbImage image = new RgbImage(1, 1, 3, new byte[] {9, 8, 7});

    assertThat(decoder.decode(Pictures.png(image))).isEqualTo(image);
    assertThat(decoder.decode(Pictures.encoded(image.toBufferedImage(), "jpg")).width())
        .isEqualTo(1);
  }

  @Test
  void of_16_bits_the_high_byte_counts() throws Exception {
    byte[] gray =
        Pictures.png(Pictures.header(2, 1, 16, 0), Pictures.data(0, 0x12, 0xff, 0xfe, 0x01), END);
    byte[] colour =
        Pictures.png(
            Pictures.header(1, 1, 16, 2), Pictures.data(0, 0x10, 0xff, 0x80, 0, 0xff, 0xff), END);

    assertThat(decoder.decode(gray).samples()).containsExactly(unsigned(0x12, 0xfe));
    assertThat(decoder.decode(colour).samples()).containsExactly(unsigned(0x10, 0x80, 0xff));
  }

  @Test
  void few_bits_of_gray_reach_from_black_to_white() throws Exception {
    byte[] one = Pictures.png(Pictures.header(3, 1, 1, 0), Pictures.data(0, 0b0100_0000), END);
    byte[] two = Pictures.png(Pictures.header(4, 1, 2, 0), Pictures.data(0, 0b0001_1011), END);
    byte[] four = Pictures.png(Pictures.header(2, 1, 4, 0), Pictures.data(0, 0x2f), END);

    assertThat(decoder.decode(one).samples()).containsExactly(unsigned(0, 255, 0));
    assertThat(decoder.decode(two).samples()).containsExactly(unsigned(0, 85, 170, 255));
    assertThat(decoder.decode(four).samples()).containsExactly(unsigned(34, 255));
  }

  @Test
  void transparency_is_dropped() throws Exception {
    byte[] colour =
        Pictures.png(Pictures.header(1, 1, 8, 6), Pictures.data(0, 10, 200, 30, 0), END);
    byte[] gray = Pictures.png(Pictures.header(1, 1, 8, 4), Pictures.data(0, 77, 0), END);
    byte[] keyed =
        Pictures.png(
            Pictures.header(1, 1, 8, 2),
            Pictures.chunk("tRNS", 0, 10, 0, 20, 0, 30),
            Pictures.data(0, 10, 20, 30),
            END);

    assertThat(decoder.decode(colour).samples()).containsExactly(unsigned(10, 200, 30));
    assertThat(decoder.decode(gray).samples()).containsExactly(unsigned(77));
    assertThat(decoder.decode(keyed).samples()).containsExactly(unsigned(10, 20, 30));
  }

  @Test
  void a_palette_is_looked_up_and_an_index_beyond_it_takes_its_last_colour() throws Exception {
    byte[] png =
        Pictures.png(
            Pictures.header(3, 1, 8, 3),
            Pictures.chunk("PLTE", 1, 2, 3, 200, 100, 50),
            Pictures.chunk("tRNS", 0),
            Pictures.data(0, 1, 0, 99),
            END);

    assertThat(decoder.decode(png).samples())
        .containsExactly(unsigned(200, 100, 50, 1, 2, 3, 200, 100, 50));
  }

  @Test
  void colour_profiles_and_texts_are_not_even_parsed() throws Exception {
    RgbImage image = Pictures.noise(1, 1, 1, 5);
    byte[] bomb = Pictures.concat("a\0\0".getBytes(StandardCharsets.ISO_8859_1), new byte[] {1});
    byte[] png =
        Pictures.png(
            Pictures.header(1, 1, 8, 0),
            Pictures.chunk("iCCP", bomb),
            Pictures.chunk("zTXt", bomb),
            Pictures.chunk("gAMA", 0, 0, 0, 1),
            Pictures.data(0, image.samples()[0]),
            END);
    byte[] jpeg = Pictures.reference("colour_64x48.jpg");
    byte[] profile = Pictures.concat("ICC_PROFILE\0".getBytes(StandardCharsets.ISO_8859_1), bomb);

    assertThat(decoder.decode(png)).isEqualTo(image);
    assertThat(decoder.decode(Pictures.withSegment(jpeg, 0xe2, profile)))
        .isEqualTo(decoder.decode(jpeg));
  }

  @Test
  void a_jpeg_without_jfif_marker_is_luma_and_chroma_nevertheless() throws Exception {
    byte[] jpeg = Pictures.reference("colour_444_213x160.jpg");
    // cameras write EXIF instead; Java by itself would take such a picture for RGB
    byte[] bare =
        Pictures.concat(Arrays.copyOf(jpeg, 2), Arrays.copyOfRange(jpeg, 20, jpeg.length));

    assertThat(decoder.decode(bare)).isEqualTo(decoder.decode(jpeg));
  }

  @Test
  void what_follows_the_end_of_a_jpeg_does_not_matter() throws Exception {
    byte[] jpeg = Pictures.reference("colour_64x48.jpg");

    assertThat(decoder.decode(Pictures.concat(jpeg, new byte[1000])))
        .isEqualTo(decoder.decode(jpeg));
  }

  @Test
  void a_file_is_decoded_whatever_its_name(@TempDir Path folder) throws Exception {
    RgbImage image = Pictures.noise(5, 4, 3, 6);
    Path file = Files.write(folder.resolve("picture.jpg"), Pictures.png(image));

    assertThat(decoder.decode(file)).isEqualTo(image);
  }

  @Test
  void a_missing_file_is_told_without_its_path(@TempDir Path folder) {
    assertThatExceptionOfType(UnreadableImageException.class)
        .isThrownBy(() -> decoder.decode(folder.resolve("missing.png")))
        .withMessage("The file cannot be read; check that it exists and may be read.");
  }

  private static byte[] unsigned(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
