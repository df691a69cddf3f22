package io.fouriermasks.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class GrayImageTest {

  private static final GrayImage RAMP = new GrayImage(256, 1, ramp());

  @Test
  void normalising_divides_by_255_subtracts_the_mean_and_divides_by_the_deviation() {
    // torchvision 0.14.1: Normalize(0.449, 0.226)(ToTensor()(...)) of the levels 0, 1, 128, 255
    float[] values = RAMP.normalised(0.449f, 0.226f);

    assertThat(values).hasSize(256);
    assertThat(values[0]).isEqualTo(-1.9867257f);
    assertThat(values[1]).isEqualTo(-1.9693736f);
    assertThat(values[128]).isEqualTo(0.23433988f);
    assertThat(values[255]).isEqualTo(2.4380531f);
  }

  @Test
  void the_buffered_picture_holds_the_same_values() {
    BufferedImage image = RAMP.toBufferedImage();

    assertThat(image.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
    for (int level = 0; level < 256; level++) {
      assertThat(image.getRaster().getSample(level, 0, 0)).isEqualTo(level);
    }
  }

  @Test
  void written_as_png_and_decoded_again_it_is_the_same() throws Exception {
    byte[] png = Pictures.encoded(RAMP.toBufferedImage(), "png");

    RgbImage decoded = new ImageDecoder(ImageDecoder.Limits.UPLOAD).decode(png);

    assertThat(decoded.isGray()).isTrue();
    assertThat(decoded.luma()).isEqualTo(RAMP);
  }

  @Test
  void pictures_are_compared_by_content() {
    assertThat(RAMP)
        .isEqualTo(new GrayImage(256, 1, ramp()))
        .hasSameHashCodeAs(new GrayImage(256, 1, ramp()));
    assertThat(RAMP).isNotEqualTo(new GrayImage(128, 2, ramp()));
    assertThat(RAMP).isNotEqualTo(new GrayImage(256, 1, new byte[256]));
  }

  @Test
  void pixels_that_do_not_fit_the_size_are_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new GrayImage(3, 3, new byte[8]));
    assertThatIllegalArgumentException().isThrownBy(() -> new GrayImage(0, 3, new byte[0]));
  }

  private static byte[] ramp() {
    byte[] pixels = new byte[256];
    for (int level = 0; level < 256; level++) {
      pixels[level] = (byte) level;
    }
    return pixels;
  }
}
