package io.fouriermasks.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that are no picture, or a picture that only means harm, are refused with their reason. */
class HostileImageTest {

  private static final byte[] END = Pictures.chunk("IEND");

  private final ImageDecoder decoder = new ImageDecoder(ImageDecoder.Limits.UPLOAD);

  @Test
  void an_empty_file() {
    assertRefused(new byte[0], "The file is empty; copy or download it again.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<!doctype html><html></html>", "GIF89a", "RIFF1234WEBPVP8 ", "II*\0", "x"})
  void another_format_whatever_its_name(String content) {
    assertRefused(
        content.getBytes(StandardCharsets.ISO_8859_1),
        "The content of the file is neither PNG nor JPEG; save the picture as one of them.");
  }

  @Test
  void a_file_of_too_many_bytes() {
    assertRefused(
        new byte[20_000_001],
        "The file is larger than the 20 MB allowed; make the picture smaller.");
  }

  @Test
  void a_png_header_of_100000_x_100000_pixels() {
    assertRefused(
        Pictures.png(Pictures.header(100_000, 100_000, 8, 2), Pictures.data(0), END),
        "The picture is 100000 x 100000 pixels, but no side may be longer than 20000;"
            + " make it smaller.");
  }

  @Test
  void a_png_bomb_within_the_sides_but_not_the_area() {
    assertRefused(
        Pictures.png(Pictures.header(20_000, 20_000, 1, 0), Pictures.data(0), END),
        "The picture is 20000 x 20000 pixels, more than the 40 megapixels allowed;"
            + " make it smaller.");
  }

  @Test
  void a_jpeg_header_of_65535_x_65535_pixels() {
    byte[] jpeg = Pictures.reference("colour_64x48.jpg");
    int frame = frame(jpeg);
    Arrays.fill(jpeg, frame + 5, frame + 9, (byte) 0xff);

    assertRefused(
        jpeg,
        "The picture is 65535 x 65535 pixels, but no side may be longer than 20000;"
            + " make it smaller.");
  }

  @Test
  void a_picture_without_pixels() {
    String reason =
        "The picture says that it has no pixels; open it in a picture editor and save it again.";
    byte[] jpeg = Pictures.reference("colour_64x48.jpg");
    Arrays.fill(jpeg, frame(jpeg) + 5, frame(jpeg) + 7, (byte) 0);

    assertRefused(Pictures.png(Pictures.header(0, 5, 8, 0), Pictures.data(0), END), reason);
    assertRefused(Pictures.png(Pictures.header(-5, 5, 8, 0), Pictures.data(0), END), reason);
    assertRefused(jpeg, reason);
  }

  @Test
  void a_png_with_less_data_than_pixels() {
    assertRefused(
        Pictures.png(Pictures.header(100, 100, 8, 2), Pictures.data(0, 1, 2, 3), END),
        "The PNG file is damaged or incomplete; open it in a picture editor and save it again.");
  }

  @Test
  void a_png_with_a_wrong_checksum() {
    byte[] png = Pictures.png(Pictures.noise(9, 9, 3, 7));
    png[60] ^= 1;

    assertRefused(png, "The PNG file is damaged; open it in a picture editor and save it again.");
  }

  @Test
  void a_png_without_its_palette_or_pixels_or_with_two_headers() {
    String reason = "The PNG file is damaged; open it in a picture editor and save it again.";
    byte[] header = Pictures.header(1, 1, 8, 3);

    assertRefused(Pictures.png(header, Pictures.data(0, 0), END), reason);
    assertRefused(Pictures.png(Pictures.header(1, 1, 8, 0), END), reason);
    assertRefused(Pictures.png(Pictures.data(0, 0), END), reason);
    assertRefused(
        Pictures.png(Pictures.header(1, 1, 8, 0), Pictures.header(9, 9, 8, 0), END), reason);
  }

  @Test
  void a_png_cut_anywhere() {
    byte[] png = Pictures.png(Pictures.noise(9, 9, 3, 8));

    for (int length = 8; length < png.length; length++) {
      assertRefused(
          Arrays.copyOf(png, length), "The PNG file ends too early; copy or download it again.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"colour_64x48.jpg", "progressive_213x160.jpg"})
  void a_jpeg_cut_anywhere(String name) {
    byte[] jpeg = Pictures.reference(name);

    for (int length = 3; length < jpeg.length; length += 7) {
      assertRefused(
          Arrays.copyOf(jpeg, length), "The JPEG file ends too early; copy or download it again.");
    }
  }

  @Test
  void a_jpeg_with_two_frames_or_none() {
    String reason = "The JPEG file is damaged; open it in a picture editor and save it again.";
    byte[] jpeg = Pictures.reference("colour_64x48.jpg");
    byte[] second = Arrays.copyOfRange(jpeg, frame(jpeg) + 4, frame(jpeg) + 19);

    assertRefused(Pictures.withSegment(jpeg, 0xc0, second), reason);
    assertRefused(bytes(0xff, 0xd8, 0xff, 0xd9), reason);
  }

  @Test
  void a_jpeg_of_a_rare_kind() {
    byte[] jpeg = Pictures.reference("colour_64x48.jpg");
    jpeg[frame(jpeg) + 1] = (byte) 0xc3;

    assertRefused(
        jpeg,
        "The JPEG file is of a rare kind (lossless, arithmetic or not 8 bits);"
            + " save it as an ordinary JPEG or PNG.");
  }

  @Test
  void a_jpeg_of_a_thousand_scans() {
    byte[] jpeg = Pictures.reference("progressive_213x160.jpg");
    byte[][] scans = new byte[1001][];
    Arrays.fill(scans, bytes(0xff, 0xda, 0, 8, 1, 1, 0, 1, 1, 0));
    scans[0] = Arrays.copyOf(jpeg, jpeg.length - 2);

    assertRefused(
        Pictures.concat(Pictures.concat(scans), bytes(0xff, 0xd9)),
        "The JPEG file has more than 64 scans; open it in a picture editor and save it again.");
  }

  @Test
  void noise_in_a_jpeg_or_png_is_decoded_or_refused_but_never_fails_otherwise() {
    SplittableRandom random = new SplittableRandom(9);
    byte[] jpeg = Pictures.reference("colour_64x48.jpg");
    byte[] png = Pictures.reference("colour_64x48.png");

    for (int i = 0; i < 1000; i++) {
      byte[] bytes = (i % 2 == 0 ? jpeg : png).clone();
      for (int j = 0; j < 4; j++) {
        bytes[2 + random.nextInt(i % 3 == 0 ? 600 : bytes.length - 2)] = (byte) random.nextInt();
      }
      try {
        assertThat(decoder.decode(bytes).width()).isPositive();
      } catch (UnreadableImageException e) {
        assertThat(e).message().endsWith(".").doesNotContain("Exception", "java");
      }
    }
  }

  private void assertRefused(byte[] bytes, String reason) {
    assertThatExceptionOfType(UnreadableImageException.class)
        .isThrownBy(() -> decoder.decode(bytes))
        .withMessage(reason);
  }

  /** Index of the frame header of a baseline JPEG. */
  private static int frame(byte[] jpeg) {
    int at = 2;
    while ((jpeg[at + 1] & 0xff) != 0xc0) {
      at += 2 + ((jpeg[at + 2] & 0xff) << 8 | (jpeg[at + 3] & 0xff));
    }
    return at;
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
