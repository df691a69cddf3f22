package io.fouriermasks.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fouriermasks.spectrum.FourierMask;
import org.junit.jupiter.api.Test;

class MaskStatisticsTest {

  @Test
  void a_disc_passes_the_check_of_a_disc() {
    MaskStatistics statistics = MaskStatistics.of(Pictures.disc(30));
    assertThat(statistics.l1ShareWithin(MaskStatistics.PUBLISHED_RADIUS)).isEqualTo(1);
    assertThat(statistics.meanInside()).isEqualTo(1);
    assertThat(statistics.meanOutside()).isEqualTo(0);
  }

  @Test
  void the_share_of_l1_counts_the_cells_nearer_than_the_radius() {
    MaskStatistics statistics = MaskStatistics.of(Pictures.disc(2)); // 13 cells
    assertThat(statistics.l1Share()).hasSize(92);
    assertThat(statistics.l1ShareWithin(0)).isEqualTo(0);
    assertThat(statistics.l1ShareWithin(1)).isCloseTo(1 / 13.0, within(1e-12));
    assertThat(statistics.l1ShareWithin(2)).isCloseTo(9 / 13.0, within(1e-12));
    assertThat(statistics.l1ShareWithin(3)).isEqualTo(1);
    assertThat(statistics.l1ShareWithin(500)).isEqualTo(1);
  }

  @Test
  void the_effective_radius_holds_nine_tenths_of_l1() {
    assertThat(MaskStatistics.of(Pictures.disc(2)).effectiveRadius())
        .isEqualTo(2); // 9 of 13 within sqrt 2, 13 of 13 within 2
    // ones everywhere: 0.9 * 128^2 cells lie within about 66.7
    double all = MaskStatistics.of(FourierMask.ones(128)).effectiveRadius();
    assertThat(all).isBetween(66.0, 72.0);
  }

  @Test
  void a_mask_of_ones_keeps_everything() {
    MaskStatistics statistics = MaskStatistics.of(FourierMask.ones(128));
    assertThat(statistics.sparsity()).isEqualTo(1);
    assertThat(statistics.keptShare()).isEqualTo(1);
    assertThat(statistics.meanInside()).isEqualTo(1);
    assertThat(statistics.meanOutside()).isEqualTo(1);
    assertThat(statistics.l1ShareWithin(91)).isEqualTo(1);
  }

  @Test
  void what_is_kept_differs_from_the_mean_of_a_soft_mask() {
    MaskStatistics statistics = MaskStatistics.of(Pictures.zeroFrequency(0.25f));
    assertThat(statistics.sparsity()).isEqualTo(0.25 / 16384);
    assertThat(statistics.keptShare()).isEqualTo(1.0 / 16384);
  }

  @Test
  void a_mask_of_zeros_has_zeros_everywhere() {
    MaskStatistics statistics = MaskStatistics.of(Pictures.zeroFrequency(0));
    assertThat(statistics.sparsity()).isEqualTo(0);
    assertThat(statistics.effectiveRadius()).isEqualTo(0);
    assertThat(statistics.l1Share()).isEqualTo(new double[92]);
  }
}
