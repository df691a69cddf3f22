package io.fouriermasks.report;

import io.fouriermasks.analysis.BlueShift;
import io.fouriermasks.analysis.Nonlinearity;
import io.fouriermasks.report.Table.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How pointwise non-linearities spread one frequency over its multiples. */
final class BlueShiftAnalysis {

  private static final int FREQUENCY = 4;
  private static final int SAMPLES = 1024;
  private static final int SHOWN = 32;

  private static final String TEXT =
      "A cosine of 4 cycles and amplitude 1, sampled 1024 times, before and after the functions that"
          + " networks apply to each value: its energy moves to the zero frequency and to multiples of"
          + " 4. This is why a network can answer to high frequencies with what it learned from low"
          + " ones.";

  private BlueShiftAnalysis() {}

  static Section run() {
    LineChart chart = new LineChart("frequency, cycles per signal", "amplitude").level(0, SHOWN, 0);
    List<List<Object>> rows = new ArrayList<>();
    for (Nonlinearity nonlinearity : Nonlinearity.values()) {
      BlueShift shift = BlueShift.of(nonlinearity, FREQUENCY, 1, SAMPLES);
      double[] shown = Arrays.copyOf(shift.spectrumAfter(), SHOWN + 1);
      chart.line(nonlinearity.cliName(), shown, Palette.of(nonlinearity.ordinal()));
      for (int k = 0; k <= SHOWN; k += FREQUENCY) {
        rows.add(
            Table.row(
                nonlinearity.cliName(), k, shift.spectrumBefore()[k], shift.spectrumAfter()[k]));
      }
    }
    Figure figure =
        new Figure(
            "blueshift",
            Figure.Media.SVG,
            chart.svg(),
            LineChart.WIDTH,
            "Spectrum after each non-linearity",
            "Amplitude of each frequency of cos(2 pi 4 t / 1024) after the function. Before it there is"
                + " only the amplitude 1 at 4.",
            "Peaks at 0 and at multiples of 4; the amplitudes are in the table.");
    Table table =
        new Table(
            "blueshift",
            "Amplitudes at the multiples of the frequency",
            "Amplitude of each frequency before and after; a rectifier gives 1/pi, 1/2 and 2/(3 pi) at"
                + " 0, 4 and 8.",
            List.of(
                Column.of("nonlinearity", "function"),
                Column.of("frequency", "frequency"),
                new Column("before", "before", 4),
                new Column("after", "after", 4)),
            rows);
    return new Section.Builder(AnalysisKind.BLUESHIFT, TEXT)
        .add(figure)
        .add(table)
        .setting("frequency", FREQUENCY)
        .setting("samples", SAMPLES)
        .build();
  }
}
