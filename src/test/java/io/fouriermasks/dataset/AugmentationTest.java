package io.fouriermasks.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.DoubleSummaryStatistics;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AugmentationTest {

  @ParameterizedTest
  @CsvSource({
    "37.3, 0, 0, 1.0",
    "-141.25, 0, 0, 1.0",
    "180.0, 0, 0, 1.0",
    "0.0, 0, 0, 0.53",
    "0.0, 0, 0, 1.47",
    "0.0, 17, -51, 1.0",
    "25.0, 5, -9, 1.3"
  })
  void a_map_moves_every_pixel_as_torchvision_does(
      double degrees, int right, int down, double scale) throws Exception {
    ImageDecoder decoder = new ImageDecoder(ImageDecoder.Limits.UPLOAD);
    GrayImage crop = decoder.decode(Pictures.reference("expected/crop_33_20_90_77.png")).luma();
    String name = "expected/affine_%s_%d_%d_%s.png".formatted(degrees, right, down, scale);
    GrayImage expected = decoder.decode(Pictures.reference(name)).luma();

    assertThat(new Affine(degrees, right, down, scale).apply(crop)).isEqualTo(expected);
  }

  @Test
  void what_comes_from_outside_the_picture_is_black() {
    GrayImage white = new GrayImage(4, 2, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1});

    GrayImage moved = new Affine(0, 1, 1, 1).apply(white);

    assertThat(moved).isEqualTo(new GrayImage(4, 2, new byte[] {0, 0, 0, 0, 0, -1, -1, -1}));
  }

  @Test
  void the_plain_and_the_adversarial_augmentation_draw_nothing() {
    for (Augmentation augmentation : Augmentation.list("n,adv")) {
      SplittableRandom random = new SplittableRandom(7);

      assertThat(augmentation.draw(128, 128, random)).isEqualTo(Affine.IDENTITY);
      assertThat(random.nextLong()).isEqualTo(new SplittableRandom(7).nextLong());
    }
  }

  @Test
  void scales_go_from_a_half_to_one_and_a_half() {
    DoubleSummaryStatistics scales = drawn(Augmentation.SCALE, Affine::scale);

    assertThat(scales.getMin()).isBetween(0.5, 0.501);
    assertThat(scales.getMax()).isBetween(1.499, 1.5);
    assertThat(scales.getAverage()).isBetween(0.99, 1.01);
  }

  @Test
  void translations_reach_four_tenths_of_each_side() {
    DoubleSummaryStatistics right = drawn(Augmentation.TRANSLATION, Affine::right);
    DoubleSummaryStatistics down = drawn(Augmentation.TRANSLATION, Affine::down);

    // 0.4 of 128 is 51.2, of 100 it is 40
    assertThat(right.getMin()).isEqualTo(-51);
    assertThat(right.getMax()).isEqualTo(51);
    assertThat(down.getMin()).isEqualTo(-40);
    assertThat(down.getMax()).isEqualTo(40);
  }

  @Test
  void rotations_reach_half_a_turn_both_ways() {
    DoubleSummaryStatistics angles = drawn(Augmentation.ROTATION, Affine::degrees);

    assertThat(angles.getMin()).isBetween(-180.0, -179.5);
    assertThat(angles.getMax()).isBetween(179.5, 180.0);
    assertThat(angles.getAverage()).isBetween(-4.0, 4.0);
  }

  @Test
  void a_list_names_augmentations_by_their_codes() {
    assertThat(Augmentation.list("all")).containsExactly(Augmentation.values());
    assertThat(Augmentation.list("rn, n,rn"))
        .containsExactly(Augmentation.ROTATION, Augmentation.NORMAL);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Augmentation.list("n,blur"))
        .withMessage("There is no augmentation 'blur'; choose among n, adv, sn, tn, rn, or all");
  }

  private static DoubleSummaryStatistics drawn(
      Augmentation augmentation, ToDoubleFunction<Affine> value) {
    SplittableRandom random = new SplittableRandom(31);
    return Stream.generate(() -> augmentation.draw(128, 100, random))
        .limit(10_000)
        .mapToDouble(value)
        .summaryStatistics();
  }
}
