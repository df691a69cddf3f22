package io.fouriermasks.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fouriermasks.analysis.EnergyComparison.SignChange;
import io.fouriermasks.spectrum.Energies;
import io.fouriermasks.spectrum.FrequencyBands;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EnergyComparisonTest {

  @Test
  void a_low_pass_disc_has_more_low_and_less_high_energy_than_a_wider_one() {
    FrequencyBands bands = FrequencyBands.of(128);
    double[] radial =
        bands.energies(Pictures.disc(28)).minus(bands.energies(Pictures.disc(60))).radial();
    // the small disc ends at 28 / 1.414 = 19.8, in band 19
    SignChange change = EnergyComparison.mainSignChange(radial).orElseThrow();
    assertThat(change.band()).isBetween(19, 20);
    assertThat(change.falling()).isTrue();
    assertThat(change.purity()).isGreaterThan(0.99);
    assertThat(EnergyComparison.positiveShare(radial, 0, 15)).isEqualTo(1);
    assertThat(EnergyComparison.positiveShare(radial, 24, 40)).isEqualTo(0);
  }

  @Test
  void noise_around_zero_does_not_move_the_main_sign_change() {
    Random random = new Random(7);
    double[] curve = new double[64];
    for (int band = 0; band < 64; band++) {
      curve[band] = (band < 20 ? 1 : -1) * (band > 45 ? 0 : 1) + 0.2 * random.nextGaussian();
    }
    SignChange change = EnergyComparison.mainSignChange(curve).orElseThrow();
    assertThat(change.band()).isEqualTo(20);
    assertThat(change.falling()).isTrue();
    assertThat(change.purity()).isBetween(0.85, 1.0);
  }

  @Test
  void a_rising_curve_is_told_from_a_falling_one() {
    assertThat(EnergyComparison.mainSignChange(new double[] {-1, -2, 3, 1}))
        .contains(new SignChange(2, false, 1));
    assertThat(EnergyComparison.mainSignChange(new double[] {2, -1, 0, -1}))
        .contains(new SignChange(1, true, 1));
  }

  @Test
  void a_curve_of_one_sign_has_no_sign_change() {
    assertThat(EnergyComparison.mainSignChange(new double[] {1, 2, 0.5})).isEmpty();
    assertThat(EnergyComparison.mainSignChange(new double[] {-1, -2, -0.5})).isEmpty();
    assertThat(EnergyComparison.mainSignChange(new double[3])).isEmpty();
    assertThat(EnergyComparison.mainSignChange(new double[] {5, -0.1, 5})).isEmpty();
  }

  @Test
  void the_share_of_images_with_more_energy_is_counted_band_by_band() {
    Energies low = new Energies(new double[] {1, 0.5}, new double[] {0, 1});
    Energies high = new Energies(new double[] {2, 0.5}, new double[] {1, 0});
    Energies share =
        EnergyComparison.shareAbove(List.of(high, high, low, high), List.of(low, low, high, low));
    assertThat(share.radial()).containsExactly(new double[] {0.75, 0}, within(1e-12));
    assertThat(share.angular()).containsExactly(new double[] {0.75, 0.25}, within(1e-12));
  }

  @Test
  void lists_of_different_lengths_are_refused() {
    Energies one = new Energies(new double[2], new double[2]);
    assertThatThrownBy(() -> EnergyComparison.shareAbove(List.of(one), List.of()))
        .hasMessage("1 masks cannot be compared with 0 baselines, image by image");
  }
}
