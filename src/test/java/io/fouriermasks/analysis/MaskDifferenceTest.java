package io.fouriermasks.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fouriermasks.spectrum.FourierMask;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class MaskDifferenceTest {

  private static final FourierMask BASELINE = FourierMask.ofHalfPlane(2, new float[] {1, 0, 0, 1});

  @Test
  void differences_are_raw_and_centred() {
    MaskDifference difference =
        MaskDifference.of(FourierMask.ofHalfPlane(2, new float[] {0.75f, 0.5f, 0, 1}), BASELINE);
    // the zero frequency moves from the top left to the bottom right
    assertThat(difference.values()).isEqualTo(new float[] {0, 0, 0.5f, -0.25f});
    assertThat(difference.limit()).isEqualTo(0.5f);
  }

  @Test
  void several_differences_share_one_symmetric_scale_with_zero_in_the_middle() throws IOException {
    MaskDifference small =
        MaskDifference.of(FourierMask.ofHalfPlane(2, new float[] {1, 0.1f, 0, 1}), BASELINE);
    MaskDifference large =
        MaskDifference.of(FourierMask.ofHalfPlane(2, new float[] {0.2f, 0, 0, 1}), BASELINE);
    float limit = MaskDifference.commonLimit(List.of(small, large));
    assertThat(limit).isEqualTo(0.8f);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(large.png(limit)));
    assertThat(image.getRGB(1, 1)).isEqualTo(0xff3b4cc0); // the blue end
    assertThat(image.getRGB(0, 0)).isEqualTo(0xffdddcdc); // one of 256 steps off the middle
  }

  @Test
  void equal_masks_still_have_a_scale() {
    MaskDifference none = MaskDifference.of(BASELINE, BASELINE);
    assertThat(none.limit()).isEqualTo(0);
    assertThat(MaskDifference.commonLimit(List.of(none))).isEqualTo(1);
  }

  @Test
  void masks_of_different_sizes_are_refused() {
    assertThatThrownBy(() -> MaskDifference.of(FourierMask.ones(4), BASELINE))
        .hasMessage("Masks of the sizes 4 and 2 have no difference");
  }
}
