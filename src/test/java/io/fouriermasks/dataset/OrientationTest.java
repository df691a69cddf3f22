package io.fouriermasks.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {

  private final ImageDecoder decoder = new ImageDecoder(ImageDecoder.Limits.UPLOAD);

  /** Stored as the rows 12 34 56; the results are those of PIL's {@code exif_transpose}. */
  @ParameterizedTest
  @CsvSource({
    "1, 12/34/56",
    "2, 21/43/65",
    "3, 65/43/21",
    "4, 56/34/12",
    "5, 135/246",
    "6, 531/642",
    "7, 642/531",
    "8, 246/135"
  })
  void each_exif_orientation_is_turned_upright(int orientation, String rows) throws Exception {
    byte[] png =
        Pictures.png(
            Pictures.header(2, 3, 8, 0),
            Pictures.chunk("eXIf", Pictures.exif(orientation, true)),
            Pictures.data(0, 1, 2, 0, 3, 4, 0, 5, 6),
            Pictures.chunk("IEND"));

    assertThat(rows(decoder.decode(png))).isEqualTo(rows);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void a_jpeg_is_turned_upright_whatever_the_byte_order_of_its_exif(boolean bigEndian)
      throws Exception {
    byte[] jpeg = Pictures.reference("colour_64x48.jpg");
    RgbImage stored = decoder.decode(jpeg);

    RgbImage turned = decoder.decode(withExif(jpeg, Pictures.exif(6, bigEndian)));

    assertThat(turned.width()).isEqualTo(48);
    assertThat(turned.height()).isEqualTo(64);
    // the lower left corner comes to the upper left
    assertThat(Arrays.copyOf(turned.samples(), 3))
        .isEqualTo(Arrays.copyOfRange(stored.samples(), 47 * 64 * 3, 47 * 64 * 3 + 3));
  }

  @Test
  void a_damaged_exif_block_counts_as_upright() throws Exception {
    byte[] jpeg = Pictures.reference("colour_64x48.jpg");
    RgbImage stored = decoder.decode(jpeg);
    byte[] farDirectory = Pictures.exif(6, true);
    farDirectory[4] = (byte) 0xff;

    assertThat(decoder.decode(withExif(jpeg, farDirectory))).isEqualTo(stored);
    assertThat(decoder.decode(withExif(jpeg, Pictures.exif(9, true)))).isEqualTo(stored);
    assertThat(decoder.decode(withExif(jpeg, Pictures.exif(0, false)))).isEqualTo(stored);
    assertThat(decoder.decode(withExif(jpeg, new byte[] {'M', 'M'}))).isEqualTo(stored);
    assertThat(decoder.decode(withExif(jpeg, Arrays.copyOf(Pictures.exif(6, true), 15))))
        .isEqualTo(stored);
  }

  private static byte[] withExif(byte[] jpeg, byte[] tiff) {
    byte[] name = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
    return Pictures.withSegment(jpeg, 0xe1, Pictures.concat(name, tiff));
  }

  private static String rows(RgbImage image) {
    StringBuilder text = new StringBuilder();
    for (int y = 0; y < image.height(); y++) {
      text.append(y > 0 ? "/" : "");
      for (int x = 0; x < image.width(); x++) {
        text.append(image.luma().at(x, y));
      }
    }
    return text.toString();
  }
}
