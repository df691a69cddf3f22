package io.fouriermasks.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ColorMapTest {

  @Test
  void cool_to_warm_has_morelands_ends_and_a_gray_middle() {
    assertNear(ColorMap.COOLWARM.rgb(0), 59, 76, 192, 1);
    assertNear(ColorMap.COOLWARM.rgb(0.5f), 221, 221, 221, 2);
    assertNear(ColorMap.COOLWARM.rgb(1), 180, 4, 38, 1);
  }

  @Test
  void cool_to_warm_passes_morelands_published_table() {
    assertNear(ColorMap.COOLWARM.rgb(0.25f), 141, 176, 254, 2);
    assertNear(ColorMap.COOLWARM.rgb(0.75f), 244, 154, 123, 2);
  }

  @Test
  void viridis_is_within_a_few_levels_of_its_published_table() {
    assertNear(ColorMap.VIRIDIS.rgb(0), 68, 1, 84, 4);
    assertNear(ColorMap.VIRIDIS.rgb(128 / 255f), 33, 145, 140, 4);
    assertNear(ColorMap.VIRIDIS.rgb(1), 253, 231, 37, 4);
  }

  @Test
  void a_map_is_found_by_its_name_and_an_unknown_name_lists_them() {
    assertThat(ColorMap.of("coolwarm")).isEqualTo(ColorMap.COOLWARM);
    assertThatThrownBy(() -> ColorMap.of("jet"))
        .hasMessage("There is no colour map 'jet'; choose one of turbo, gray, viridis, coolwarm");
  }

  @Test
  void a_plane_is_drawn_between_its_limits_and_missing_values_in_mid_gray() throws IOException {
    float[] plane = {-2, 0, 2, Float.NaN};
    byte[] png = MaskPicture.png(plane, 2, -2, 2, ColorMap.GRAY, false);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(image.getRGB(0, 0) & 0xffffff).isEqualTo(0x000000);
    assertThat(image.getRGB(1, 0) & 0xffffff).isEqualTo(0x808080);
    assertThat(image.getRGB(0, 1) & 0xffffff).isEqualTo(0xffffff);
    assertThat(image.getRGB(1, 1) & 0xffffff).isEqualTo(0x808080);
  }

  private static void assertNear(int rgb, int red, int green, int blue, int tolerance) {
    int[] actual = {rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff};
    int[] expected = {red, green, blue};
    for (int i = 0; i < 3; i++) {
      assertThat(Math.abs(actual[i] - expected[i]))
          .as("channel %d of #%06x", i, rgb)
          .isLessThanOrEqualTo(tolerance);
    }
  }
}
