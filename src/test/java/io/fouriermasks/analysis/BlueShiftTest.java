package io.fouriermasks.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BlueShiftTest {

  @Test
  void a_cosine_has_only_its_own_frequency() {
    double[] expected = new double[65];
    expected[7] = 1.5;
    BlueShift shift = BlueShift.of(Nonlinearity.RELU, 7, 1.5, 128);
    assertThat(shift.spectrumBefore()).containsExactly(expected, within(1e-12));
  }

  @Test
  void the_square_of_a_cosine_has_a_mean_and_twice_the_frequency() {
    double[] expected = new double[65];
    expected[0] = 0.5;
    expected[18] = 0.5;
    BlueShift shift = BlueShift.of(Nonlinearity.SQUARE, 9, 1, 128);
    assertThat(shift.spectrumAfter()).containsExactly(expected, within(1e-12));
  }

  @Test
  void the_rectified_cosine_has_the_fourier_series_of_the_half_wave() {
    double[] spectrum = BlueShift.of(Nonlinearity.RELU, 3, 1, 4096).spectrumAfter();
    assertThat(spectrum[0]).isCloseTo(1 / Math.PI, within(1e-5));
    assertThat(spectrum[3]).isCloseTo(0.5, within(1e-5));
    assertThat(spectrum[6]).isCloseTo(2 / (3 * Math.PI), within(1e-5));
    assertThat(spectrum[9]).isCloseTo(0, within(1e-5));
    assertThat(spectrum[12]).isCloseTo(2 / (15 * Math.PI), within(1e-5));
    assertThat(spectrum[4]).isCloseTo(0, within(1e-5));
  }

  @Test
  void a_leaky_rectifier_shifts_almost_as_much() {
    // max(x, x / 100) = 0.99 relu(x) + 0.01 x
    double[] spectrum = BlueShift.of(Nonlinearity.LEAKY_RELU, 3, 1, 4096).spectrumAfter();
    assertThat(spectrum[3]).isCloseTo(0.99 * 0.5 + 0.01, within(1e-5));
    assertThat(spectrum[6]).isCloseTo(0.99 * 2 / (3 * Math.PI), within(1e-5));
  }

  @Test
  void odd_functions_add_only_odd_multiples() {
    double[] tanh = BlueShift.of(Nonlinearity.TANH, 5, 2, 256).spectrumAfter();
    assertThat(tanh[0]).isCloseTo(0, within(1e-12));
    assertThat(tanh[10]).isCloseTo(0, within(1e-12));
    assertThat(tanh[15]).isGreaterThan(0.05);
    double[] sigmoid = BlueShift.of(Nonlinearity.SIGMOID, 5, 2, 256).spectrumAfter();
    assertThat(sigmoid[0]).isCloseTo(0.5, within(1e-12));
    assertThat(sigmoid[10]).isCloseTo(0, within(1e-12));
    assertThat(sigmoid[15]).isGreaterThan(0.01);
  }

  @Test
  void a_frequency_beyond_half_the_samples_is_refused() {
    assertThatThrownBy(() -> BlueShift.of(Nonlinearity.RELU, 65, 1, 128))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
