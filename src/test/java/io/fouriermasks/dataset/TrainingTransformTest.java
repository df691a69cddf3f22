package io.fouriermasks.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TrainingTransformTest {

  private final TrainingTransform transform = new TrainingTransform(128);

  @Test
  void the_short_side_is_resized_and_the_long_side_rounded_down() {
    assertThat(transform.resize(Pictures.noise(500, 375, 3, 1))).matches(i -> is(i, 170, 128));
    assertThat(transform.resize(Pictures.noise(129, 300, 1, 1))).matches(i -> is(i, 128, 297));
    assertThat(transform.resize(Pictures.noise(64, 48, 3, 1))).matches(i -> is(i, 170, 128));
  }

  @Test
  void a_crop_is_resized_as_torchvision_resizes_it() throws Exception {
    ImageDecoder decoder = new ImageDecoder(ImageDecoder.Limits.UPLOAD);
    RgbImage image = decoder.decode(Pictures.reference("colour_160x213.png"));
    GrayImage expected = decoder.decode(Pictures.reference("expected/crop_33_20_90_77.png")).luma();

    RgbImage view =
        Resampling.resize(image, new PixelBox(33, 20, 90, 77), 128, 128, PixelBox.whole(128, 128));

    assertThat(view.luma()).isEqualTo(expected);
  }

  @Test
  void a_view_has_the_size_of_the_network_input_in_gray_and_in_colour() {
    for (int channels : new int[] {1, 3}) {
      RgbImage resized = transform.resize(Pictures.noise(140, 130, channels, 2));

      GrayImage view = transform.apply(resized, new SplittableRandom(3));

      assertThat(view.width()).isEqualTo(128);
      assertThat(view.height()).isEqualTo(128);
    }
  }

  @Test
  void the_same_random_state_gives_the_same_view() {
    RgbImage resized = transform.resize(Pictures.noise(140, 130, 3, 2));

    GrayImage view = transform.apply(resized, new SplittableRandom(3));

    assertThat(transform.apply(resized, new SplittableRandom(3))).isEqualTo(view);
    assertThat(transform.apply(resized, new SplittableRandom(4))).isNotEqualTo(view);
  }

  @Test
  void half_of_the_views_are_mirrored_and_nothing_else_happens_to_the_whole_picture() {
    // a scale of 1 leaves only the whole square picture
    TrainingTransform whole = new TrainingTransform(8, 1, Augmentation.NORMAL);
    RgbImage picture = Pictures.noise(8, 8, 1, 5);
    SplittableRandom random = new SplittableRandom(6);
    Set<GrayImage> views = new HashSet<>();
    int mirrored = 0;

    for (int i = 0; i < 2000; i++) {
      GrayImage view = whole.apply(picture, random);
      views.add(view);
      mirrored += view.equals(picture.luma()) ? 0 : 1;
    }

    assertThat(views).hasSize(2);
    assertThat(views)
        .allMatch(
            view ->
                view.at(0, 3) == picture.luma().at(0, 3)
                    || view.at(0, 3) == picture.luma().at(7, 3));
    assertThat(mirrored).isBetween(900, 1100);
  }

  @Test
  void a_strip_that_would_fill_the_memory_is_refused_with_the_remedy() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> transform.resize(Pictures.noise(1, 101, 1, 1)))
        .withMessage(
            "The picture is a strip of 1 x 101 pixels; crop it until its long side is at most"
                + " 100 times its short side.");
  }

  private static boolean is(RgbImage image, int width, int height) {
    return image.width() == width && image.height() == height;
  }
}
