package io.fouriermasks.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.fouriermasks.spectrum.FourierMask;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FrequenciesTest {

  @Test
  void a_frequency_and_its_conjugate_are_one() {
    assertThat(new Frequencies(128).count()).isEqualTo(128 * 128 / 2 + 2);
  }

  @Test
  void all_frequencies_together_fill_the_half_plane_with_an_even_mask() {
    Frequencies frequencies = new Frequencies(8);
    float[] half = new float[8 * 5];
    for (int frequency = 0; frequency < frequencies.count(); frequency++) {
      frequencies.set(half, 0, frequency, frequency + 1f);
    }
    for (float value : half) {
      assertThat(value).isPositive();
    }
    assertThat(FourierMask.ofHalfPlane(8, half).halfPlane()).isEqualTo(half);
  }

  @Test
  void the_order_is_from_the_largest_value_to_the_smallest() {
    Frequencies frequencies = new Frequencies(8);
    int[] order =
        frequencies.descending(f -> -frequencies.squaredRadius(f), new SplittableRandom(3));
    assertThat(frequencies.cell(order[0])).isEqualTo(0);
    for (int i = 1; i < order.length; i++) {
      assertThat(frequencies.squaredRadius(order[i]))
          .isGreaterThanOrEqualTo(frequencies.squaredRadius(order[i - 1]));
    }
  }
}
