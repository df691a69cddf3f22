package io.fouriermasks.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fouriermasks.network.Tensor;
import io.fouriermasks.spectrum.FourierMask;
import java.util.HashMap;
import java.util.Map;
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
    for (int pass = 0; pass < MOST_PASSES && !search.isExhausted(); pass++) {
      observe(search, true);
    }
    assertThat(search.isExhausted()).isTrue();
    float[] mask = search.best().mask();
    assertThat(mask[DEAR]).isZero();
    assertThat(search.bestSparsity()).isEqualTo(1.0 / (SIZE * SIZE), within(1e-3));
    assertThat(search.best().excess()).isEqualTo(CELL, within(2e-5));
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
  void a_descent_that_never_keeps_the_prediction_changes_nothing() {
    IteratedLocalSearch search = new IteratedLocalSearch(SETTINGS, SIZE);
    observe(search, false);
    for (int pass = 0; pass < 100; pass++) {
      observe(search, false);
      assertThat(search.best().mask()).containsOnly(1f);
      assertThat(search.hasProgressed()).isFalse();
    }
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
