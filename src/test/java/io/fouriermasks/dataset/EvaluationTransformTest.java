package io.fouriermasks.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationTransformTest {

  private final ImageDecoder decoder = new ImageDecoder(ImageDecoder.Limits.UPLOAD);
  private final EvaluationTransform transform = new EvaluationTransform(128);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "colour_160x213.png",
        "colour_129x300.png",
        "colour_64x48.png",
        "gray_171x128.png",
        "palette_150x131.png"
      })
  void a_png_gives_exactly_what_torchvision_gives(String name) throws Exception {
    GrayImage expected = decoder.decode(Pictures.reference("expected/" + name + ".png")).luma();

    assertThat(transform.apply(decoder.decode(Pictures.reference(name)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "colour_500x375.jpg",
        "colour_160x213.jpg",
        "colour_129x300.jpg",
        "colour_64x48.jpg",
        "colour_444_213x160.jpg",
        "colour_422_213x160.jpg",
        "progressive_213x160.jpg",
        "gray_300x220.jpg",
        "cmyk_150x131.jpg",
        "ycck_150x131.jpg"
      })
  void a_jpeg_gives_what_torchvision_gives_up_to_the_decoder(String name) throws Exception {
    GrayImage expected = decoder.decode(Pictures.reference("expected/" + name + ".png")).luma();

    GrayImage actual = transform.apply(decoder.decode(Pictures.reference(name)));

    // libjpeg and libjpeg-turbo may differ where they interpolate chroma
    int close = 0;
    for (int i = 0; i < 128 * 128; i++) {
      int deviation = Math.abs(actual.at(i % 128, i / 128) - expected.at(i % 128, i / 128));
      assertThat(deviation).as("deviation of pixel %d", i).isLessThanOrEqualTo(3);
      close += deviation <= 1 ? 1 : 0;
    }
    assertThat(close)
        .as("pixels within one gray level")
        .isGreaterThanOrEqualTo(128 * 128 * 99 / 100);
  }

  @Test
  void one_pixel_fills_the_whole_picture() {
    RgbImage pixel = new RgbImage(1, 1, 3, new byte[] {(byte) 200, 100, 50});

    assertThat(transform.apply(pixel).pixels())
        .hasSize(128 * 128)
        .containsOnly((byte) ((200 * 19595 + 100 * 38470 + 50 * 7471 + 32768) >> 16));
  }

  @Test
  void a_very_long_strip_costs_no_more_than_its_centre() {
    RgbImage strip = Pictures.noise(1, 20_000, 3, 1);

    GrayImage seen = transform.apply(strip);

    assertThat(seen.width()).isEqualTo(128);
    assertThat(seen.height()).isEqualTo(128);
  }

  @Test
  void half_a_pixel_of_margin_is_rounded_to_the_even_side() {
    // 5 x 2 becomes 2 x 5: margin 1.5, rounded to 2; 3 x 2: margin 0.5, rounded to 0
    assertThat(new EvaluationTransform(2).apply(gray(5, 2, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4)).pixels())
        .containsExactly(2, 3, 2, 3);
    assertThat(new EvaluationTransform(2).apply(gray(3, 2, 0, 1, 2, 0, 1, 2)).pixels())
        .containsExactly(0, 1, 0, 1);
  }

  @Test
  void a_side_of_nothing_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new EvaluationTransform(0));
  }

  private static RgbImage gray(int width, int height, int... values) {
    byte[] samples = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      samples[i] = (byte) values[i];
    }
    return new RgbImage(width, height, 1, samples);
  }
}
