package io.fouriermasks.benchmark;

import io.fouriermasks.benchmark.BenchReport.Machine;
import io.fouriermasks.benchmark.BenchReport.SearchResult;
import io.fouriermasks.benchmark.BenchReport.SpeedResult;
import java.util.Locale;
import java.util.StringJoiner;

/** A report for docs/benchmarks.md, and for people. */
public final class MarkdownTable {

  private MarkdownTable() {}

  /** Both tables, those that have rows. */
  public static String of(BenchReport report) {
    Machine machine = report.machine();
    StringJoiner text = new StringJoiner("\n", "", "\n");
    text.add(
        "%s, %d of its processors, %d threads an operation, %s on %s, Java %s, version %s."
            .formatted(
                machine.processor(),
                machine.processors(),
                machine.threads(),
                machine.engine(),
                machine.device(),
                machine.java(),
                report.program()));
    text.add("Medians, and from the least to the most of the rounds.");
    if (!report.speeds().isEmpty()) {
      text.add("");
      text.add(
          "| network | preset | images at once | image-step | image-steps/s | outside the network |"
              + " outside convolutions and matrix products | peak memory | opponent's step | ratio |");
      text.add("|---|---|---|---|---|---|---|---|---|---|");
      report.speeds().forEach(row -> text.add(row(row)));
    }
    if (!report.searches().isEmpty()) {
      text.add("");
      text.add(
          "| network | preset | images, at once | images/hour | steps an image | objective |"
              + " predictions kept | peak memory | opponent's images/hour | its objective | ours"
              + " above it | ratio |");
      text.add("|---|---|---|---|---|---|---|---|---|---|---|---|");
      report.searches().forEach(row -> text.add(row(row)));
    }
    return text.toString();
  }

  private static String row(SpeedResult row) {
    return line(
        row.architecture(),
        row.preset(),
        Integer.toString(row.batch()),
        spread(row.secondsAnImageStep(), 1000, "%.2f", " ms"),
        "%.1f".formatted(1 / row.secondsAnImageStep().median()),
        "%.1f %%".formatted(100 * row.outsideNetwork()),
        row.outsideProducts() == null ? "" : "%.1f %%".formatted(100 * row.outsideProducts()),
        memory(row.peakMemory()),
        spread(row.opponent(), 1000, "%.1f", " ms"),
        spread(row.ratio(), 1, "%.3f", ""));
  }

  private static String row(SearchResult row) {
    return line(
        row.architecture(),
        row.preset(),
        "%d, %d".formatted(row.images(), row.atOnce()),
        spread(row.imagesAnHour(), 1, "%.0f", ""),
        "%.0f".formatted(row.stepsAnImage()),
        spread(row.objective(), 1, "%.5f", ""),
        "%d of %d".formatted(row.kept(), row.images()),
        memory(row.peakMemory()),
        spread(row.opponentImagesAnHour(), 1, "%.1f", ""),
        spread(row.opponentObjective(), 1, "%.5f", ""),
        spread(row.worse(), 1, "%.5f", ""),
        spread(row.ratio(), 1, "%.1f", ""));
  }

  private static String line(String... cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  private static String memory(Long bytes) {
    return bytes == null ? "" : String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
  }

  private static String spread(Spread spread, double factor, String format, String unit) {
    if (spread == null) {
      return "";
    }
    String median = String.format(Locale.ROOT, format, spread.median() * factor);
    return spread.least() == spread.most()
        ? median + unit
        : "%s%s (%s to %s)"
            .formatted(
                median,
                unit,
                String.format(Locale.ROOT, format, spread.least() * factor),
                String.format(Locale.ROOT, format, spread.most() * factor));
  }
}
