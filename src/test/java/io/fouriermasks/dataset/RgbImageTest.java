package io.fouriermasks.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class RgbImageTest {

  @Test
  void luma_weighs_red_green_and_blue_as_pil_does() {
    assertThat(lumaOf(255, 0, 0)).isEqualTo(76);
    assertThat(lumaOf(0, 255, 0)).isEqualTo(150);
    assertThat(lumaOf(0, 0, 255)).isEqualTo(29);
    assertThat(lumaOf(255, 255, 255)).isEqualTo(255);
    assertThat(lumaOf(10, 200, 30)).isEqualTo(124);
  }

  @Test
  void equal_channels_keep_their_level() {
    for (int level = 0; level < 256; level++) {
      assertThat(lumaOf(level, level, level)).isEqualTo(level);
    }
  }

  @Test
  void a_gray_picture_keeps_its_samples() {
    RgbImage gray = Pictures.noise(7, 5, 1, 2);

    assertThat(gray.luma().pixels()).isEqualTo(gray.samples());
  }

  @Test
  void the_buffered_picture_has_the_same_colours() {
    RgbImage image = new RgbImage(2, 1, 3, new byte[] {1, 2, 3, (byte) 250, 5, 6});

    assertThat(image.toBufferedImage().getRGB(0, 0)).isEqualTo(0xff010203);
    assertThat(image.toBufferedImage().getRGB(1, 0)).isEqualTo(0xfffa0506);
  }

  @Test
  void two_channels_are_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new RgbImage(1, 1, 2, new byte[2]));
  }

  private static int lumaOf(int red, int green, int blue) {
    byte[] samples = {(byte) red, (byte) green, (byte) blue};
    return new RgbImage(1, 1, 3, samples).luma().at(0, 0);
  }
}
