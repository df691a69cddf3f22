package io.fouriermasks.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RandomResizedCropTest {

  private static final int SIDE = 1000;

  private final List<PixelBox> boxes = draws(new RandomResizedCrop(0.08), SIDE, SIDE, 20_000);

  @Test
  void every_crop_lies_within_the_picture() {
    assertThat(boxes)
        .allSatisfy(
            box -> {
              assertThat(box.left()).isNotNegative();
              assertThat(box.top()).isNotNegative();
              assertThat(box.left() + box.width()).isLessThanOrEqualTo(SIDE);
              assertThat(box.top() + box.height()).isLessThanOrEqualTo(SIDE);
            });
  }

  @Test
  void areas_cover_the_range_from_the_smallest_scale_to_all() {
    double[] areas = boxes.stream().mapToDouble(RandomResizedCropTest::area).sorted().toArray();

    assertThat(areas[0]).isBetween(0.079, 0.082);
    assertThat(areas[areas.length - 1]).isBetween(0.97, 1.0);
    // uniform where every shape fits: below 3/4 each strip of the range has the same share
    double low = share(areas, 0.08, 0.40);
    double high = share(areas, 0.40, 0.72);
    assertThat(low / high).isCloseTo(1.0, within(0.05));
  }

  @Test
  void ratios_are_log_uniform_between_three_quarters_and_four_thirds() {
    double[] logs =
        boxes.stream()
            .filter(box -> area(box) < 0.7)
            .mapToDouble(box -> Math.log((double) box.width() / box.height()))
            .toArray();

    double bound = Math.log(4.0 / 3);
    // half a pixel of rounding on each side
    assertThat(Arrays.stream(logs).map(Math::abs).max().orElseThrow()).isLessThan(bound + 0.005);
    double mean = 0;
    double square = 0;
    for (double log : logs) {
      mean += log / logs.length;
      square += log * log / logs.length;
    }
    assertThat(mean).isCloseTo(0, within(0.005));
    assertThat(Math.sqrt(square)).isCloseTo(bound / Math.sqrt(3), within(0.005));
  }

  @Test
  void places_are_uniform() {
    double left = 0;
    double top = 0;
    int counted = 0;
    for (PixelBox box : boxes) {
      if (box.width() < SIDE && box.height() < SIDE) {
        left += (double) box.left() / (SIDE - box.width());
        top += (double) box.top() / (SIDE - box.height());
        counted++;
      }
    }

    assertThat(left / counted).isCloseTo(0.5, within(0.01));
    assertThat(top / counted).isCloseTo(0.5, within(0.01));
  }

  @Test
  void the_same_seed_draws_the_same_crops() {
    assertThat(draws(new RandomResizedCrop(0.08), SIDE, SIDE, 20_000)).isEqualTo(boxes);
  }

  @Test
  void a_picture_that_no_draw_fits_is_cropped_in_its_centre() {
    RandomGenerator random = new SplittableRandom(1);
    RandomResizedCrop all = new RandomResizedCrop(1);

    assertThat(all.draw(1000, 100, random)).isEqualTo(new PixelBox(433, 0, 133, 100));
    assertThat(all.draw(100, 1000, random)).isEqualTo(new PixelBox(0, 433, 100, 133));
    assertThat(new RandomResizedCrop(0.08).draw(1, 1, random)).isEqualTo(new PixelBox(0, 0, 1, 1));
  }

  @Test
  void a_scale_outside_0_to_1_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new RandomResizedCrop(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new RandomResizedCrop(1.01));
    assertThatIllegalArgumentException().isThrownBy(() -> new RandomResizedCrop(Double.NaN));
  }

  private static List<PixelBox> draws(RandomResizedCrop crop, int width, int height, int count) {
    RandomGenerator random = new SplittableRandom(31);
    List<PixelBox> boxes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boxes.add(crop.draw(width, height, random));
    }
    return boxes;
  }

  private static double area(PixelBox box) {
    return (double) box.width() * box.height() / (SIDE * SIDE);
  }

  private static double share(double[] values, double from, double to) {
    int count = 0;
    for (double value : values) {
      count += value >= from && value < to ? 1 : 0;
    }
    return (double) count / values.length;
  }
}
