package io.fouriermasks.report;

import io.fouriermasks.analysis.MaskDifference;
import io.fouriermasks.dataset.Augmentation;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.report.Table.Column;
import io.fouriermasks.spectrum.ColorMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The masks minus that of the plain model, on one symmetric scale (trap D8). */
final class DifferencesAnalysis {

  private static final String TEXT =
      "Each mask minus the mask of the plain model n, not rescaled: zero is gray in every picture,"
          + " and one scale serves all of an architecture.";

  private static final List<Augmentation> OTHERS =
      Arrays.stream(Augmentation.values()).filter(a -> a != Augmentation.NORMAL).toList();

  private DifferencesAnalysis() {}

  static Section run(Workbench bench) {
    Study study = bench.study();
    Section.Builder section = new Section.Builder(AnalysisKind.DIFFERENCES, TEXT);
    if (study.modelMasks().isEmpty()) {
      return section.missing(Missing.MODEL_MASKS).build();
    }
    List<List<Object>> rows = new ArrayList<>();
    for (Architecture architecture : study.architectures()) {
      if (study.modelMasks(architecture).isEmpty()) {
        continue;
      }
      Optional<StudyMask> baseline = study.modelMask(architecture, Augmentation.NORMAL);
      if (baseline.isEmpty()) {
        section.missing(Missing.modelMask(architecture, Augmentation.NORMAL));
        continue;
      }
      Map<Augmentation, MaskDifference> differences = new LinkedHashMap<>();
      for (Augmentation augmentation : OTHERS) {
        study
            .modelMask(architecture, augmentation)
            .ifPresentOrElse(
                mask ->
                    differences.put(
                        augmentation, MaskDifference.of(mask.mask(), baseline.get().mask())),
                () -> section.missing(Missing.modelMask(architecture, augmentation)));
      }
      differences.forEach((augmentation, it) -> rows.add(row(architecture, augmentation, it)));
      if (!differences.isEmpty()) {
        section.add(sheet(architecture, differences));
      }
    }
    return section.add(table(rows)).build();
  }

  private static List<Object> row(
      Architecture architecture, Augmentation augmentation, MaskDifference difference) {
    double sum = 0;
    double low = 0;
    double high = 0;
    for (float value : difference.values()) {
      sum += value;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return Table.row(
        architecture.cliName(), augmentation.code(), sum / difference.values().length, low, high);
  }

  private static Table table(List<List<Object>> rows) {
    return new Table(
        "differences",
        "Differences from the mask of n",
        "Mean, smallest and largest value of M - M_n over the plane; masks lie in [0, 1].",
        List.of(
            Column.of("architecture", "architecture"),
            Column.of("augmentation", "training"),
            new Column("mean", "mean", 4),
            new Column("smallest", "smallest", 3),
            new Column("largest", "largest", 3)),
        rows);
  }

  private static Figure sheet(
      Architecture architecture, Map<Augmentation, MaskDifference> differences) {
    float limit = MaskDifference.commonLimit(differences.values());
    List<Augmentation> columns = List.copyOf(differences.keySet());
    Sheet sheet =
        new Sheet(
            columns.stream().map(augmentation -> augmentation.code() + " - n").toList(),
            List.of(architecture.cliName()),
            true);
    StringBuilder means = new StringBuilder();
    for (int column = 0; column < columns.size(); column++) {
      MaskDifference difference = differences.get(columns.get(column));
      sheet.put(0, column, difference.png(limit));
      means.append(
          " %s %+.3f;"
              .formatted(
                  columns.get(column).code(),
                  (double) row(architecture, columns.get(column), difference).get(2)));
    }
    return sheet
        .scale("difference", ColorMap.COOLWARM, -limit, limit)
        .figure(
            "differences_" + architecture.cliName(),
            "Differences of the masks of " + architecture.cliName(),
            ("Red: kept more than by the plain model's mask; blue: less; gray: the same. One scale"
                    + " for all, from -%.2f to %.2f. The zero frequency is in the middle.")
                .formatted(limit, limit),
            "Differences as colour maps. Their means:" + means);
  }
}
