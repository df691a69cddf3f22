package io.fouriermasks.report;

import io.fouriermasks.analysis.MaskComparison;
import io.fouriermasks.analysis.MaskStatistics;
import io.fouriermasks.spectrum.ColorMap;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.spectrum.FrequencyBands;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Any masks side by side, as a page that needs nothing else.
 *
 * @param masks in their order
 * @param baseline index of the one that differences are taken from
 * @param created when
 * @param versions of the program and of what it runs on, by name
 */
public record ComparisonReport(
    List<Entry> masks, int baseline, Instant created, Map<String, String> versions) {

  /**
   * A mask.
   *
   * @param name short, and unlike the others' names
   * @param mask its values
   * @param facts what it was learned from and how, by name
   */
  public record Entry(String name, FourierMask mask, Map<String, Object> facts) {}

  private static final int LAST = FrequencyBands.COUNT - 1;

  /** The page: HTML with its pictures and tables in it, without scripts. */
  public String html() {
    MaskComparison comparison =
        MaskComparison.of(masks.stream().map(Entry::mask).toList(), baseline);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("Masks", masks.size());
    facts.put("Baseline", masks.get(baseline).name());
    return new ReportPage(
            new ReportPage.Content(
                "Fourier masks side by side",
                "Which spatial frequencies of an image trained classifiers use, mask by mask.",
                created,
                facts,
                versions,
                List.of(),
                List.of(pictures(comparison), energies(comparison), origin()),
                false))
        .html();
  }

  private Section pictures(MaskComparison comparison) {
    List<String> names = masks.stream().map(Entry::name).toList();
    Sheet planes = new Sheet(names, List.of("mask"), true);
    Sheet differences = new Sheet(names, List.of("difference"), true);
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < masks.size(); i++) {
      MaskComparison.Entry entry = comparison.masks().get(i);
      planes.put(0, i, MaskSheets.png(masks.get(i).mask()));
      differences.put(0, i, entry.difference().png(comparison.limit()));
      rows.add(row(names.get(i), entry));
    }
    float limit = comparison.limit();
    Figure masksFigure =
        planes
            .scale("mask value", ColorMap.TURBO, 0, 1)
            .figure(
                "masks",
                "The masks",
                "One scale for all. The zero frequency is in the middle; one pixel is one cycle per"
                    + " image. Dark red (1) passes in full, almost black (0) is removed.",
                "Masks as colour maps; their numbers are in the table.");
    Figure differencesFigure =
        differences
            .scale("difference", ColorMap.COOLWARM, -limit, limit)
            .figure(
                "differences",
                "Each mask minus the baseline",
                "Red: more is kept than by the baseline; blue: less; gray: the same. One scale for"
                    + " all, from -%.2f to %.2f.".formatted(limit, limit),
                "Differences as colour maps; their means are in the table.");
    return new Section(
        "masks",
        "Masks",
        "The masks on one scale, their differences from the baseline %s on one symmetric scale."
            .formatted(names.get(baseline)),
        List.of(masksFigure, differencesFigure),
        List.of(statistics(rows)),
        List.of(),
        Map.of());
  }

  private static List<Object> row(String name, MaskComparison.Entry entry) {
    MaskStatistics statistics = entry.statistics();
    return Table.row(
        name,
        statistics.sparsity(),
        100 * statistics.keptShare(),
        100 * statistics.l1ShareWithin(MaskStatistics.PUBLISHED_RADIUS),
        statistics.effectiveRadius(),
        entry.difference().mean());
  }

  private static Table statistics(List<List<Object>> rows) {
    return new Table(
        "statistics",
        "Statistics of the masks",
        "Sparsity is the mean of the mask; the effective radius holds 90 % of its L1 norm.",
        List.of(
            Table.Column.of("mask", "mask"),
            new Table.Column("sparsity", "sparsity", 3),
            new Table.Column("kept_percent", "frequencies kept, %", 1),
            new Table.Column("l1_within_32_percent", "L1 within 32 cycles, %", 1),
            new Table.Column("effective_radius", "effective radius, cycles", 1),
            new Table.Column("mean_difference", "mean difference", 4)),
        rows);
  }

  private Section energies(MaskComparison comparison) {
    LineChart radial = new LineChart(EnergyCharts.RADIAL, "energy, L2 norm").level(0, LAST, 0);
    LineChart angular = new LineChart(EnergyCharts.ANGULAR, "energy, L2 norm").level(0, LAST, 0);
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < masks.size(); i++) {
      MaskComparison.Entry entry = comparison.masks().get(i);
      String name = masks.get(i).name();
      radial.line(name, entry.energies().radial(), Palette.of(i));
      angular.line(name, entry.energies().angular(), Palette.of(i));
      for (int band = 0; band < FrequencyBands.COUNT; band++) {
        rows.add(
            Table.row(
                name,
                band,
                entry.energies().radial()[band],
                entry.energyDifference().radial()[band],
                entry.energies().angular()[band],
                entry.energyDifference().angular()[band]));
      }
    }
    Table table =
        new Table(
            "energies",
            "Energies in every band",
            "L2 norms of the normalised mask, and their differences from the baseline.",
            List.of(
                Table.Column.of("mask", "mask"),
                Table.Column.of("band", "band"),
                new Table.Column("radial", "radial", 4),
                new Table.Column("radial_difference", "radial difference", 4),
                new Table.Column("angular", "angular", 4),
                new Table.Column("angular_difference", "angular difference", 4)),
            rows);
    return new Section(
        "energies",
        "Energies",
        "The L2 norm of the normalised mask in 64 rings and 64 sectors.",
        List.of(
            curves("radial", "Radial energy", radial),
            curves("angular", "Angular energy", angular)),
        List.of(table),
        List.of(),
        Map.of());
  }

  private Figure curves(String name, String title, LineChart chart) {
    return new Figure(
        "energies_" + name,
        Figure.Media.SVG,
        chart.svg(),
        LineChart.WIDTH,
        title,
        "One curve a mask; each has its own colour and its own dashes.",
        "Curves of %d masks; every value is in the table of energies.".formatted(masks.size()));
  }

  private Section origin() {
    List<List<Object>> rows = new ArrayList<>();
    for (Entry entry : masks) {
      entry
          .facts()
          .forEach((fact, value) -> rows.add(Table.row(entry.name(), fact, value.toString())));
    }
    Table table =
        new Table(
            "origin",
            "Origin of the masks",
            "",
            List.of(
                Table.Column.of("mask", "mask"),
                Table.Column.of("fact", "fact"),
                Table.Column.of("value", "value")),
            rows);
    return new Section(
        "origin",
        "Origin",
        "What each mask was learned from, and how its training went.",
        List.of(),
        List.of(table),
        List.of(),
        Map.of());
  }
}
