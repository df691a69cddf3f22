package io.fouriermasks.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fouriermasks.network.Tensor;
import io.fouriermasks.spectrum.FourierMask;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The search on a loss that is a formula: of two frequencies it needs one, {@code d = 8 (1 - CHEAP)
 * (1 - DEAR)^4}. While everything shrinks alike the dear one, which stands for two cells of the
 * full plane, seems the better; in the end the cheap one does as well for one cell.
 */
class IteratedLocalSearchTest {

  private static final int SIZE = 8;
  private static final int COLUMNS = FourierMask.columns(SIZE);
  private static final int CHEAP = 3 * COLUMNS;
  private static final int DEAR = COLUMNS + 1;
  private static final TrustRegionSettings SETTINGS = TrustRegionSettings.FAST;
  private static final double CELL = SETTINGS.decay() / (SIZE * SIZE);

  /** Several times as many as the search needs: without an end it fails instead of going on. */
  private static final int MOST_PASSES = 2000;

  private static void observe(IteratedLocalSearch search, boolean isKept) {
    float[] mask = search.trial();
    double cheap = 1 - mask[CHEAP];
    double dear = 1 - mask[DEAR];
    float[] gradient = new float[SIZE * COLUMNS];
    gradient[CHEAP] = (float) (-8 * Math.pow(dear, 4));
    gradient[DEAR] = (float) (-32 * cheap * Math.pow(dear, 3));
    search.observe(8 * cheap * Math.pow(dear, 4), new float[] {1, 0}, isKept, gradient);
  }

  @Test
  void the_first_descent_ends_with_what_looked_better_on_the_way() {
    IteratedLocalSearch search = new IteratedLocalSearch(SETTINGS, SIZE);
    for (int pass = 0; pass < MOST_PASSES && search.trial()[DEAR] > 0; pass++) {
      observe(search, true);
    }
    assertThat(search.trial()[DEAR]).isZero();
    assertThat(search.best().mask()[DEAR]).isPositive();
    assertThat(search.best().mask()[CHEAP]).isZero();
    assertThat(search.best().excess()).isBetween(CELL, 2 * CELL);
  }

  @Test
  void a_frequency_that_is_taken_away_gives_way_to_a_better_one() {
    IteratedLocalSearch search = new IteratedLocalSearch(SETTINGS, SIZE);
    assertThat(passesToTheEnd(search)).isLessThan(MOST_PASSES);
    float[] mask = search.best().mask();
    assertThat(mask[DEAR]).isZero();
    assertThat(search.bestSparsity()).isEqualTo(1.0 / (SIZE * SIZE), within(1e-3));
    assertThat(search.best().excess()).isEqualTo(CELL, within(2e-5));
  }

  @Test
  void giving_up_hopeless_descents_saves_passes_and_finds_the_same() {
    IteratedLocalSearch usual = new IteratedLocalSearch(SETTINGS, SIZE);
    IteratedLocalSearch stubborn = new IteratedLocalSearch(hoping(Double.POSITIVE_INFINITY), SIZE);
    assertThat(passesToTheEnd(usual)).isLessThan(passesToTheEnd(stubborn));
    assertThat(usual.best().mask()).containsExactly(stubborn.best().mask());
  }

  private static int passesToTheEnd(IteratedLocalSearch search) {
    return passesToTheEnd(search, mask -> true);
  }

  private static int passesToTheEnd(IteratedLocalSearch search, Predicate<float[]> isKept) {
    int passes = 0;
    while (!search.isExhausted() && passes < MOST_PASSES) {
      observe(search, isKept.test(search.trial()));
      passes++;
    }
    return passes;
  }

  private static TrustRegionSettings hoping(double steps) {
    return new TrustRegionSettings(
        "stubborn",
        SETTINGS.decay(),
        SETTINGS.maxSteps(),
        SETTINGS.first(),
        SETTINGS.later(),
        SETTINGS.sparse(),
        steps,
        SETTINGS.minRadius(),
        SETTINGS.memory(),
        SETTINGS.tolerance(),
        SETTINGS.progress(),
        SETTINGS.quietSteps(),
        SETTINGS.candidates());
  }

  @Test
  void progress_is_told_of_the_whole_search_and_not_of_a_descent() {
    IteratedLocalSearch search = new IteratedLocalSearch(SETTINGS, SIZE);
    double milestone = Double.POSITIVE_INFINITY;
    for (int pass = 0; pass < MOST_PASSES && !search.isExhausted(); pass++) {
      observe(search, true);
      boolean isLower = search.best().excess() < (1 - SETTINGS.progress()) * milestone;
      assertThat(search.hasProgressed()).isEqualTo(isLower);
      if (isLower) {
        milestone = search.best().excess();
      }
    }
  }

  @Test
  void masks_that_do_not_keep_the_prediction_are_passed_through_and_never_the_best() {
    IteratedLocalSearch search = new IteratedLocalSearch(SETTINGS, SIZE);
    observe(search, false);
    assertThat(search.isAstray()).isFalse();
    for (int pass = 0; pass < 100; pass++) {
      observe(search, false);
      assertThat(search.best().mask()).containsOnly(1f);
      assertThat(search.isAstray()).isTrue();
    }
    assertThat(passesToTheEnd(search, mask -> false)).isLessThan(MOST_PASSES);
    assertThat(search.best().mask()).containsOnly(1f);
  }

  @Test
  void where_nothing_near_the_lowest_mask_keeps_the_prediction_it_goes_back_to_the_best() {
    IteratedLocalSearch search = new IteratedLocalSearch(SETTINGS, SIZE);
    // of the two minima neither: a third frequency decides, which the loss does not mind
    int third = 5 * COLUMNS + 2;
    assertThat(passesToTheEnd(search, mask -> mask[third] > 0.3)).isLessThan(MOST_PASSES);
    assertThat(search.best().mask()[third]).isGreaterThan(0.3f);
    assertThat(search.best().excess()).isLessThan(SETTINGS.decay() / 2);
  }

  @Test
  void where_the_lowest_mask_predicts_something_else_the_search_goes_on_from_it() {
    IteratedLocalSearch search = new IteratedLocalSearch(SETTINGS, SIZE);
    int passes = 0;
    int astray = 0;
    while (!search.isExhausted() && passes < MOST_PASSES) {
      // the minimum that the first descent finds is one of another prediction
      observe(search, search.trial()[CHEAP] > 0.5);
      astray += search.isAstray() ? 1 : 0;
      passes++;
    }
    assertThat(passes).isLessThan(MOST_PASSES);
    assertThat(astray).isPositive();
    assertThat(search.isAstray()).isFalse();
    assertThat(search.best().mask()[CHEAP]).isGreaterThan(0.5f);
    assertThat(search.best().mask()[DEAR]).isZero();
  }

  /** Before the first pass, within the first descent, within others, and at the end. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 50, 100, 130, 1000})
  void a_restored_search_goes_on_as_the_one_that_was_saved(int passes) {
    IteratedLocalSearch undisturbed = new IteratedLocalSearch(SETTINGS, SIZE);
    for (int pass = 0; pass < passes; pass++) {
      observe(undisturbed, pass % 5 != 4);
    }
    Map<String, String> state = new HashMap<>();
    Map<String, Tensor> tensors = new HashMap<>();
    undisturbed.save("s/", state, tensors);
    IteratedLocalSearch restored =
        IteratedLocalSearch.restore("s/", new Checkpoint("", state, tensors), SETTINGS, SIZE);
    assertThat(restored.standing()).containsExactly(undisturbed.standing());
    for (int pass = 0; pass < 60; pass++) {
      observe(undisturbed, true);
      observe(restored, true);
      assertThat(restored.trial()).containsExactly(undisturbed.trial());
      assertThat(restored.best().excess()).isEqualTo(undisturbed.best().excess());
      assertThat(restored.hasProgressed()).isEqualTo(undisturbed.hasProgressed());
      assertThat(restored.isExhausted()).isEqualTo(undisturbed.isExhausted());
    }
  }
}
