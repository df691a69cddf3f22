package io.fouriermasks.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fouriermasks.analysis.Faithfulness.Curves;
import io.fouriermasks.analysis.Faithfulness.Order;
import io.fouriermasks.analysis.Faithfulness.Score;
import io.fouriermasks.analysis.Faithfulness.Settings;
import io.fouriermasks.dataset.Batch;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.spectrum.FourierMask;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The network sees only the mean of these images, so that all depends on the zero frequency. */
class FaithfulnessTest {

  private static final Settings ACCURACY = new Settings(Score.ACCURACY, 9, 3, 1);
  private static final Batch ONE = Pictures.batch(new int[] {1}, Pictures.constant(0.3f));
  private static final Batch TWO =
      Pictures.batch(new int[] {1, 1}, Pictures.constant(0.3f), Pictures.constant(0.5f));

  /** 128 of the 8194 frequencies: what the first of nine points adds. */
  private static final double FIRST = 128.0 / 8194;

  @Test
  void a_mask_of_what_the_network_uses_gains_at_once_and_loses_at_once() {
    Faithfulness result = measure(Pictures.zeroFrequency(1), ACCURACY, TWO);
    Curves own = result.curves(Order.MASK);
    assertThat(own.insertion()).isEqualTo(new double[] {0, 1, 1, 1, 1, 1, 1, 1, 1});
    assertThat(own.deletion()).isEqualTo(new double[] {1, 0, 0, 0, 0, 0, 0, 0, 0});
    assertThat(own.insertionArea()).isCloseTo(1 - FIRST / 2, within(1e-12));
    assertThat(own.deletionArea()).isCloseTo(FIRST / 2, within(1e-12));
    assertThat(result.fractions()[1]).isEqualTo(FIRST);
    assertThat(result.fractions()[8]).isEqualTo(1);
    assertThat(result.images()).isEqualTo(2);
    // what a random order adds in time, it also removes in time
    Curves random = result.curves(Order.RANDOM);
    assertThat(random.deletionArea()).isCloseTo(1 - random.insertionArea(), within(1e-12));
    assertThat(result.value())
        .isCloseTo(own.insertionArea() - random.insertionArea(), within(1e-12))
        .isPositive();
  }

  @Test
  void a_mask_that_keeps_everything_else_has_a_negative_value() {
    assertThat(measure(Pictures.zeroFrequency(1).complement(), ACCURACY, TWO).value()).isNegative();
  }

  @Test
  void the_amplitude_and_the_low_frequencies_find_the_mean_too() {
    Faithfulness result = measure(FourierMask.ones(128), ACCURACY, TWO);
    for (Order order : List.of(Order.AMPLITUDE, Order.LOW_TO_HIGH)) {
      assertThat(result.curves(order).insertion())
          .isEqualTo(new double[] {0, 1, 1, 1, 1, 1, 1, 1, 1});
      assertThat(result.advantage(order)).isGreaterThan(0.1);
    }
  }

  @Test
  void a_single_image_follows_the_probability_of_its_label() {
    Faithfulness result =
        measure(Pictures.zeroFrequency(1), new Settings(Score.PROBABILITY, 3, 1, 1), ONE);
    double without = 1 / (1 + Math.exp(1)); // 10 (0 - 0.1)
    double with = 1 / (1 + Math.exp(-2)); // 10 (0.3 - 0.1)
    assertThat(result.curves(Order.MASK).insertion())
        .containsExactly(new double[] {without, with, with}, within(1e-4));
    assertThat(result.curves(Order.MASK).deletion())
        .containsExactly(new double[] {with, without, without}, within(1e-4));
  }

  @Test
  void a_batch_of_one_and_a_larger_batch_agree() {
    Batch same = Pictures.batch(new int[] {1, 1}, Pictures.constant(0.3f), Pictures.constant(0.3f));
    FourierMask mask = Pictures.disc(5);
    assertThat(measure(mask, ACCURACY, ONE).value())
        .isEqualTo(measure(mask, ACCURACY, same).value());
  }

  @Test
  void equal_values_are_ordered_by_the_seed() {
    FourierMask flat = FourierMask.ones(128);
    Faithfulness first = measure(flat, ACCURACY, ONE);
    Faithfulness again = measure(flat, ACCURACY, ONE);
    Faithfulness other = measure(flat, new Settings(Score.ACCURACY, 9, 3, 2), ONE);
    assertThat(again.value()).isEqualTo(first.value());
    assertThat(other.value()).isNotEqualTo(first.value());
  }

  @Test
  void no_images_and_too_few_points_are_refused() {
    assertThatThrownBy(() -> measure(FourierMask.ones(128), ACCURACY))
        .hasMessage("The faithfulness of a mask needs at least one image");
    assertThatThrownBy(() -> new Settings(Score.ACCURACY, 1, 3, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Faithfulness measure(FourierMask mask, Settings settings, Batch... batches) {
    try (FrozenNetwork network = Pictures.gridMean(10, 0.1f)) {
      return Faithfulness.measure(network, mask, List.of(batches), settings, AnalysisListener.NONE);
    }
  }
}
