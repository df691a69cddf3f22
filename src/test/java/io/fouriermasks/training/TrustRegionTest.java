package io.fouriermasks.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fouriermasks.network.Tensor;
import io.fouriermasks.spectrum.FourierMask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * A descent on losses that are formulas. The loss of {@link #PLANTED} needs two frequencies and
 * does not mind the others.
 */
class TrustRegionTest {

  private static final int SIZE = 8;
  private static final int COLUMNS = FourierMask.columns(SIZE);
  private static final int LENGTH = SIZE * COLUMNS;
  private static final int NEEDED = COLUMNS + 1;
  private static final int ALSO_NEEDED = 2 * COLUMNS + 3;
  private static final TrustRegionSettings SETTINGS = TrustRegionSettings.FAST;
  private static final double RADIUS = SETTINGS.first().maxRadius();
  private static final HalfPlaneObjective OBJECTIVE =
      new HalfPlaneObjective(SETTINGS.decay(), SIZE);

  /** Grows as the square of what is missing of the needed frequencies. */
  private static final Loss PLANTED =
      new Loss(
          mask -> 4 * square(1 - mask[NEEDED]) + 2 * square(1 - mask[ALSO_NEEDED]),
          mask -> {
            float[] gradient = new float[LENGTH];
            gradient[NEEDED] = -8 * (1 - mask[NEEDED]);
            gradient[ALSO_NEEDED] = -4 * (1 - mask[ALSO_NEEDED]);
            return gradient;
          });

  private static final Loss NEEDS_ONE =
      new Loss(
          mask -> square(1 - mask[NEEDED]),
          mask -> {
            float[] gradient = new float[LENGTH];
            gradient[NEEDED] = -2 * (1 - mask[NEEDED]);
            return gradient;
          });

  /** A loss difference and its gradient. */
  private record Loss(ToDoubleFunction<float[]> difference, Function<float[], float[]> gradient) {

    void observe(TrustRegion region, boolean isKept) {
      float[] mask = region.trial();
      region.observe(
          difference.applyAsDouble(mask), new float[] {1, 0}, isKept, gradient.apply(mask));
    }
  }

  private static TrustRegion fromOnes() {
    float[] ones = new float[LENGTH];
    Arrays.fill(ones, 1f);
    return new TrustRegion(SETTINGS, OBJECTIVE, ones, TrustRegion.NONE);
  }

  private static double square(double value) {
    return value * value;
  }

  @Test
  void only_the_frequencies_that_the_loss_needs_are_left() {
    TrustRegion region = fromOnes();
    for (int pass = 0; pass < 200; pass++) {
      PLANTED.observe(region, true);
    }
    float[] mask = region.best().mask();
    for (int i = 0; i < LENGTH; i++) {
      if (i == NEEDED || i == ALSO_NEEDED) {
        assertThat(mask[i]).isBetween(0.6f, 1f);
      } else {
        assertThat(mask[i]).as("frequency %d", i).isZero();
      }
    }
  }

  @Test
  void it_ends_where_the_objective_has_its_minimum() {
    TrustRegion region = fromOnes();
    for (int pass = 0; pass < 200; pass++) {
      PLANTED.observe(region, true);
    }
    double least = Double.POSITIVE_INFINITY;
    for (int a = 0; a <= 1000; a++) {
      for (int b = 0; b <= 1000; b++) {
        double d = 4 * square(1 - a / 1000.0) + 2 * square(1 - b / 1000.0);
        double sparsity = 2 * (a + b) / 1000.0 / (SIZE * SIZE);
        least = Math.min(least, Math.expm1(d * d) + SETTINGS.decay() * sparsity);
      }
    }
    assertThat(region.best().excess()).isEqualTo(least, within(2e-5));
  }

  @Test
  void the_first_step_is_the_whole_radius_and_no_value_leaves_zero_to_one() {
    TrustRegion region = fromOnes();
    PLANTED.observe(region, true);
    assertThat(region.best().mask()).containsOnly(1f);
    assertThat(region.trial()).containsOnly((float) (1 - RADIUS));
    for (int pass = 0; pass < 200; pass++) {
      PLANTED.observe(region, true);
      for (float value : region.trial()) {
        assertThat(value).isBetween(0f, 1f);
      }
    }
  }

  @Test
  void the_best_objective_never_rises() {
    TrustRegion region = fromOnes();
    List<Double> values = new ArrayList<>();
    for (int pass = 0; pass < 200; pass++) {
      PLANTED.observe(region, true);
      values.add(region.best().excess());
    }
    for (int i = 1; i < values.size(); i++) {
      assertThat(values.get(i)).isLessThanOrEqualTo(values.get(i - 1));
    }
    assertThat(values.get(0)).isEqualTo(SETTINGS.decay(), within(1e-12));
  }

  @Test
  void a_trial_that_loses_the_prediction_is_passed_through_but_is_never_the_best() {
    TrustRegion region = fromOnes();
    PLANTED.observe(region, true);
    PLANTED.observe(region, false);
    assertThat(region.best().mask()).containsOnly(1f);
    assertThat(region.trial()[0]).isLessThan((float) (1 - RADIUS));
    PLANTED.observe(region, true);
    assertThat(region.best().mask()[0]).isLessThan((float) (1 - RADIUS));
  }

  @Test
  void a_trial_whose_loss_is_not_finite_is_refused_and_forgotten() {
    TrustRegion region = fromOnes();
    PLANTED.observe(region, true);
    float[] broken = new float[LENGTH];
    Arrays.fill(broken, Float.NaN);
    region.observe(Double.NaN, new float[] {Float.NaN, 0}, true, broken);
    assertThat(region.best().mask()).containsOnly(1f);
    assertThat(region.best().logits()).containsExactly(1, 0);
    for (float value : region.trial()) {
      assertThat(value).isFinite();
    }
    PLANTED.observe(region, true);
    assertThat(region.best().excess()).isLessThan(SETTINGS.decay());
  }

  @Test
  void a_descent_that_is_always_refused_is_over_when_its_steps_are_too_small() {
    TrustRegion region = fromOnes();
    PLANTED.observe(region, true);
    int refused = 0;
    while (!region.isOver()) {
      region.observe(100, new float[] {0, 1}, false, new float[LENGTH]);
      refused++;
    }
    // 0.02 halved eleven times is the first below 1e-5
    assertThat(refused).isEqualTo(11).isLessThan(SETTINGS.first().patience());
  }

  @Test
  void a_descent_without_progress_is_over_when_its_patience_is() {
    TrustRegion region = fromOnes();
    PLANTED.observe(region, true);
    int quiet = 0;
    while (!region.isOver()) {
      // the loss takes back nearly all that the sparsity has gained: 0.01 % less each time
      quiet++;
      double excess = SETTINGS.decay() * (1 - 1e-4 * quiet);
      double sparsity = OBJECTIVE.sparsity(region.trial());
      double difference = Math.sqrt(Math.log1p(excess - SETTINGS.decay() * sparsity));
      region.observe(difference, new float[] {1, 0}, true, new float[LENGTH]);
    }
    assertThat(quiet).isEqualTo(SETTINGS.first().patience());
    assertThat(region.best().excess()).isEqualTo(region.lowest().excess());
  }

  @Test
  void a_descent_goes_on_where_the_prediction_differs_as_long_as_it_goes_down() {
    TrustRegion region = fromOnes();
    PLANTED.observe(region, true);
    for (int pass = 0; pass < 2 * SETTINGS.first().patience(); pass++) {
      PLANTED.observe(region, false);
      assertThat(region.isOver()).isFalse();
    }
    assertThat(region.best().mask()).containsOnly(1f);
    assertThat(region.lowest().excess()).isLessThan(SETTINGS.decay() / 2);
    assertThat(region.isHopeless(region.lowest().excess())).isFalse();
  }

  @Test
  void once_little_is_left_a_step_may_be_as_large_as_those_of_later_descents() {
    TrustRegion region = fromOnes();
    double largest = 0;
    for (int pass = 0;
        pass < 200 && OBJECTIVE.sparsity(region.trial()) >= SETTINGS.sparse();
        pass++) {
      NEEDS_ONE.observe(region, true);
      largest = Math.max(largest, region.radius());
    }
    assertThat(OBJECTIVE.sparsity(region.trial())).isLessThan(SETTINGS.sparse());
    assertThat(largest).isEqualTo(RADIUS);
    for (int pass = 0; pass < 20; pass++) {
      NEEDS_ONE.observe(region, true);
      largest = Math.max(largest, region.radius());
    }
    assertThat(largest).isGreaterThan(2 * RADIUS).isLessThanOrEqualTo(SETTINGS.later().maxRadius());
  }

  @Test
  void a_descent_is_hopeless_if_what_it_promises_cannot_bring_it_there() {
    TrustRegion region = fromOnes();
    PLANTED.observe(region, true);
    // where no loss changes, a step promises its radius times the weight of the sparsity
    double within = SETTINGS.decay() * (1 - SETTINGS.hope() * RADIUS);
    assertThat(region.isHopeless(within - 1e-6)).isTrue();
    assertThat(region.isHopeless(within + 1e-6)).isFalse();
  }

  @Test
  void a_descent_is_never_hopeless_beside_what_it_has_reached_itself() {
    TrustRegion region = fromOnes();
    for (int pass = 0; pass < 200; pass++) {
      PLANTED.observe(region, true);
      assertThat(region.isHopeless(region.best().excess())).isFalse();
    }
  }

  @Test
  void a_frequency_that_is_to_stay_away_does_however_dear_it_is() {
    float[] start = new float[LENGTH];
    Arrays.fill(start, 1f);
    start[NEEDED] = 0;
    TrustRegion region = new TrustRegion(SETTINGS, OBJECTIVE, start, NEEDED);
    assertThat(region.radius()).isEqualTo(SETTINGS.later().maxRadius());
    for (int pass = 0; pass < 40; pass++) {
      PLANTED.observe(region, true);
      assertThat(region.trial()[NEEDED]).isZero();
    }
    assertThat(region.best().mask()[ALSO_NEEDED]).isPositive();
  }

  @Test
  void a_restored_search_goes_on_as_the_one_that_was_saved() {
    TrustRegion undisturbed = fromOnes();
    for (int pass = 0; pass < 17; pass++) {
      PLANTED.observe(undisturbed, pass % 5 != 4);
    }
    Map<String, String> state = new HashMap<>();
    Map<String, Tensor> tensors = new HashMap<>();
    undisturbed.save("r/", state, tensors);
    TrustRegion restored =
        TrustRegion.restore("r/", new Checkpoint("", state, tensors), SETTINGS, OBJECTIVE);
    for (int pass = 0; pass < 17; pass++) {
      PLANTED.observe(undisturbed, true);
      PLANTED.observe(restored, true);
      assertThat(restored.trial()).containsExactly(undisturbed.trial());
      assertThat(restored.best().excess()).isEqualTo(undisturbed.best().excess());
      assertThat(restored.isOver()).isEqualTo(undisturbed.isOver());
    }
  }
}
