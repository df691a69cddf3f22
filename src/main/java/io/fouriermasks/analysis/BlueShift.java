package io.fouriermasks.analysis;

/**
 * The blue shift: a pointwise non-linearity turns one frequency into several, mostly its multiples.
 * Why a network sees high frequencies in images that have none, and masks keep them.
 *
 * <p>Multiples beyond half the number of samples fold back to lower frequencies, as they do in a
 * network's feature maps.
 *
 * @param nonlinearity that was applied
 * @param frequency of the cosine, in cycles per signal
 * @param before the cosine, one value a sample
 * @param after the non-linearity of each of its values
 * @param spectrumBefore amplitude of each frequency from 0 to half the number of samples: {@code
 *     |X_0| / N}, then {@code 2 |X_k| / N}, and {@code |X_(N/2)| / N}, so that a cosine has its own
 *     amplitude and a constant its absolute value
 * @param spectrumAfter the same after the non-linearity
 */
@SuppressWarnings("ArrayRecordComponent") // plotted, never compared
public record BlueShift(
    Nonlinearity nonlinearity,
    int frequency,
    double[] before,
    double[] after,
    double[] spectrumBefore,
    double[] spectrumAfter) {

  /**
   * Demonstrates it on {@code amplitude * cos(2 pi frequency t / samples)}.
   *
   * @param frequency cycles per signal, from 0 to {@code samples / 2}
   * @param amplitude of the cosine
   * @param samples length of the signal, even
   * @throws IllegalArgumentException if the frequency or the length is out of range
   */
  public static BlueShift of(
      Nonlinearity nonlinearity, int frequency, double amplitude, int samples) {
    if (samples < 2 || samples % 2 != 0 || frequency < 0 || frequency > samples / 2) {
      throw new IllegalArgumentException(
          "An even number of samples and a frequency up to half of it are needed, not %d and %d"
              .formatted(samples, frequency));
    }
    double[] before = new double[samples];
    double[] after = new double[samples];
    for (int t = 0; t < samples; t++) {
      before[t] = amplitude * Math.cos(2 * Math.PI * frequency * t / samples);
      after[t] = nonlinearity.apply(before[t]);
    }
    return new BlueShift(nonlinearity, frequency, before, after, spectrum(before), spectrum(after));
  }

  private static double[] spectrum(double[] signal) {
    int samples = signal.length;
    double[] cosines = new double[samples];
    double[] sines = new double[samples];
    for (int i = 0; i < samples; i++) {
      cosines[i] = Math.cos(2 * Math.PI * i / samples);
      sines[i] = Math.sin(2 * Math.PI * i / samples);
    }
    double[] amplitudes = new double[samples / 2 + 1];
    for (int k = 0; k < amplitudes.length; k++) {
      double real = 0;
      double imaginary = 0;
      for (int t = 0; t < samples; t++) {
        int turn = (int) ((long) k * t % samples);
        real += signal[t] * cosines[turn];
        imaginary += signal[t] * sines[turn];
      }
      int shares = k == 0 || k == samples / 2 ? 1 : 2;
      amplitudes[k] = shares * Math.hypot(real, imaginary) / samples;
    }
    return amplitudes;
  }
}
