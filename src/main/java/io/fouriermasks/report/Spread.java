package io.fouriermasks.report;

import java.util.Arrays;

/**
 * Mean and spread of some values.
 *
 * @param mean not-a-number without values
 * @param deviation standard deviation with {@code n - 1}; not-a-number with fewer than 2 values
 */
record Spread(double mean, double deviation) {

  static Spread of(double[] values) {
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return new Spread(
        mean, values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1)));
  }
}
