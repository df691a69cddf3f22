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
 * The search on losses that are formulas. The loss of {@link #PLANTED} needs two frequencies and
 * does not mind the others.
 */
class TrustRegionTest {

  private static final int SIZE = 8;
  private static final int COLUMNS = FourierMask.columns(SIZE);
  private static final int LENGTH = SIZE * COLUMNS;
  private static final int NEEDED = COLUMNS + 1;
  private static final int ALSO_NEEDED = 2 * COLUMNS + 3;
  private static final TrustRegionSettings SETTINGS = TrustRegionSettings.FAST;

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

  /** A loss difference and its gradient. */
  private record Loss(ToDoubleFunction<float[]> difference, Function<float[], float[]> gradient) {

    void observe(TrustRegion region, boolean isKept) {
      float[] mask = region.trial();
      region.observe(
          difference.applyAsDouble(mask), new float[] {1, 0}, isKept, gradient.apply(mask));
    }
  }

  private static double square(double value) {
    return value * value;
  }

  @Test
  void only_the_frequencies_that_the_loss_needs_are_left() {
    TrustRegion region = new TrustRegion(SETTINGS, SIZE);
    for (int pass = 0; pass < 100; pass++) {
      PLANTED.observe(region, true);
    }
    float[] mask = region.best();
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
    TrustRegion region = new TrustRegion(SETTINGS, SIZE);
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
    assertThat(region.bestExcess()).isEqualTo(least, within(2e-5));
  }

  @Test
  void the_first_step_is_the_whole_radius_and_no_value_leaves_zero_to_one() {
    TrustRegion region = new TrustRegion(SETTINGS, SIZE);
    PLANTED.observe(region, true);
    assertThat(region.best()).containsOnly(1f);
    assertThat(region.trial()).containsOnly((float) (1 - SETTINGS.maxRadius()));
    for (int pass = 0; pass < 100; pass++) {
      PLANTED.observe(region, true);
      for (float value : region.trial()) {
        assertThat(value).isBetween(0f, 1f);
      }
    }
  }

  @Test
  void the_best_objective_never_rises() {
    TrustRegion region = new TrustRegion(SETTINGS, SIZE);
    List<Double> values = new ArrayList<>();
    for (int pass = 0; pass < 100; pass++) {
      PLANTED.observe(region, true);
      values.add(region.bestExcess());
    }
    for (int i = 1; i < values.size(); i++) {
      assertThat(values.get(i)).isLessThanOrEqualTo(values.get(i - 1));
    }
    assertThat(values.get(0)).isEqualTo(SETTINGS.decay(), within(1e-12));
  }

  @Test
  void a_trial_that_loses_the_prediction_is_passed_through_but_is_never_the_best() {
    TrustRegion region = new TrustRegion(SETTINGS, SIZE);
    PLANTED.observe(region, true);
    PLANTED.observe(region, false);
    assertThat(region.best()).containsOnly(1f);
    assertThat(region.hasProgressed()).isFalse();
    assertThat(region.trial()[0]).isLessThan((float) (1 - SETTINGS.maxRadius()));
    PLANTED.observe(region, true);
    assertThat(region.best()[0]).isLessThan((float) (1 - SETTINGS.maxRadius()));
  }

  @Test
  void a_trial_whose_loss_is_not_finite_is_refused_and_forgotten() {
    TrustRegion region = new TrustRegion(SETTINGS, SIZE);
    PLANTED.observe(region, true);
    float[] broken = new float[LENGTH];
    Arrays.fill(broken, Float.NaN);
    region.observe(Double.NaN, new float[] {Float.NaN, 0}, true, broken);
    assertThat(region.best()).containsOnly(1f);
    assertThat(region.bestLogits()).containsExactly(1, 0);
    for (float value : region.trial()) {
      assertThat(value).isFinite();
    }
    PLANTED.observe(region, true);
    assertThat(region.bestExcess()).isLessThan(SETTINGS.decay());
  }

  @Test
  void a_search_that_is_always_refused_is_exhausted() {
    TrustRegion region = new TrustRegion(SETTINGS, SIZE);
    PLANTED.observe(region, true);
    int refused = 0;
    while (!region.isExhausted()) {
      region.observe(100, new float[] {0, 1}, false, new float[LENGTH]);
      refused++;
    }
    // 0.05 halved thirteen times is the first below 1e-5
    assertThat(refused).isEqualTo(13);
  }

  @Test
  void a_restored_search_goes_on_as_the_one_that_was_saved() {
    TrustRegion undisturbed = new TrustRegion(SETTINGS, SIZE);
    for (int pass = 0; pass < 17; pass++) {
      PLANTED.observe(undisturbed, pass % 5 != 4);
    }
    Map<String, String> state = new HashMap<>();
    Map<String, Tensor> tensors = new HashMap<>();
    undisturbed.save("r/", state, tensors);
    TrustRegion restored =
        TrustRegion.restore("r/", new Checkpoint("", state, tensors), SETTINGS, SIZE);
    for (int pass = 0; pass < 17; pass++) {
      PLANTED.observe(undisturbed, true);
      PLANTED.observe(restored, true);
      assertThat(restored.trial()).containsExactly(undisturbed.trial());
      assertThat(restored.bestExcess()).isEqualTo(undisturbed.bestExcess());
      assertThat(restored.hasProgressed()).isEqualTo(undisturbed.hasProgressed());
    }
  }
}
