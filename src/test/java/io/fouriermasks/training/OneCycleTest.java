package io.fouriermasks.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fouriermasks.Fixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneCycleTest {

  @ParameterizedTest
  @CsvSource({"model, 0.001, 1850", "mask, 0.001, 197300", "image, 0.2, 4000000"})
  void learning_rate_and_beta1_equal_pytorch(String schedule, double max, long steps) {
    double[] expected = Fixture.load("one_cycle.npz").doubles(schedule);
    OneCycle cycle = new OneCycle(max, steps, 0.1);
    for (int step = 0; step < expected.length / 2; step++) {
      assertThat(cycle.learningRate(step)).isCloseTo(expected[2 * step], within(1e-9));
      assertThat(cycle.beta1(step)).isCloseTo(expected[2 * step + 1], within(1e-9));
    }
  }

  @Test
  void a_warm_up_too_short_to_rise_begins_at_the_peak_and_the_end_holds() {
    OneCycle cycle = new OneCycle(1, 10, 0.1);
    assertThat(cycle.learningRate(0)).isEqualTo(1);
    assertThat(cycle.beta1(0)).isEqualTo(0.85);
    assertThat(cycle.learningRate(9)).isCloseTo(1 / 250_000.0, within(1e-15));
    assertThat(cycle.learningRate(1_000)).isEqualTo(cycle.learningRate(9));
  }

  @Test
  void nonsense_is_refused() {
    assertThatThrownBy(() -> new OneCycle(0, 10, 0.1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new OneCycle(1, 0, 0.1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new OneCycle(1, 10, 2)).isInstanceOf(IllegalArgumentException.class);
  }
}
