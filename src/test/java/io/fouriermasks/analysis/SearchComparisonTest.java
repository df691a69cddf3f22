package io.fouriermasks.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fouriermasks.analysis.SearchComparison.Pair;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.training.ArchivedMask;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SearchComparisonTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Keeps the first cells of the half plane's second column, each two of the full plane's. */
  private static ArchivedMask mask(int cells, double probability, int steps) {
    float[] half = new float[128 * FourierMask.columns(128)];
    for (int row = 0; row < cells; row++) {
      half[row * FourierMask.columns(128) + 1] = 1;
    }
    ObjectNode meta = JSON.createObjectNode();
    meta.put("label", 1);
    meta.putArray("maskedProbabilities").add(1 - probability).add(probability);
    meta.put("cleanLoss", 0.5);
    meta.put("steps", steps);
    meta.put("predictionKept", probability > 0.5);
    float[] none = {};
    return new ArchivedMask(FourierMask.ofHalfPlane(128, half), none, none, none, meta);
  }

  @Test
  void the_objective_less_one_comes_from_what_the_archive_tells() {
    Pair pair = Pair.of("a", mask(8, Math.exp(-0.6), 100), mask(4, Math.exp(-0.5), 10), 0.07);
    assertThat(pair.baseline().excess())
        .isEqualTo(Math.expm1(0.01) + 0.07 * 16 / 16384, within(1e-12));
    assertThat(pair.other().excess()).isEqualTo(0.07 * 8 / 16384, within(1e-12));
    assertThat(pair.difference()).isNegative();
    assertThat(pair.overlap()).isEqualTo(0.5);
    assertThat(pair.radialDifference()).isPositive();
  }

  @Test
  void a_mask_and_itself_differ_in_nothing() {
    Pair pair = Pair.of("a", mask(8, 0.7, 100), mask(8, 0.7, 100), 0.07);
    assertThat(pair.difference()).isZero();
    assertThat(pair.overlap()).isEqualTo(1);
    assertThat(pair.radialDifference()).isZero();
    assertThat(Pair.of("b", mask(0, 0.7, 1), mask(0, 0.7, 1), 0.07).overlap()).isEqualTo(1);
  }

  @Test
  void quantiles_and_shares_are_those_of_the_photographs() {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 1; i <= 10; i++) {
      pairs.add(Pair.of("p" + i, mask(8, i < 3 ? 0.4 : 0.6, 30), mask(8, 0.6, i), 0.07));
    }
    SearchComparison comparison = new SearchComparison(pairs);
    assertThat(comparison.quantile(0.5, pair -> pair.other().steps())).isEqualTo(5);
    assertThat(comparison.quantile(0.9, pair -> pair.other().steps())).isEqualTo(9);
    assertThat(comparison.quantile(1, pair -> pair.other().steps())).isEqualTo(10);
    assertThat(comparison.share(pair -> pair.baseline().isKept())).isEqualTo(0.8);
    assertThat(comparison.stepRatio()).isEqualTo(300.0 / 55);
  }

  @Test
  void an_archive_of_another_kind_is_refused() {
    ArchivedMask good = mask(8, 0.7, 100);
    ArchivedMask other =
        new ArchivedMask(
            good.mask(), new float[0], new float[0], new float[0], JSON.createObjectNode());
    assertThatThrownBy(() -> Pair.of("a", good, other, 0.07))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not that of a photograph");
    assertThatThrownBy(() -> new SearchComparison(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
