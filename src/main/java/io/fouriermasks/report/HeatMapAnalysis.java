package io.fouriermasks.report;

import io.fouriermasks.analysis.FourierHeatMap;
import io.fouriermasks.dataset.Batch;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.report.Table.Column;
import io.fouriermasks.spectrum.ColorMap;
import io.fouriermasks.spectrum.MaskPicture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a model uses, its mask, beside what hurts it, its Fourier heat map. */
final class HeatMapAnalysis {

  private static final String TEXT =
      "Each frequency in turn is added to the photographs with a fixed L2 norm and a random sign, and"
          + " the error rate is drawn where the frequency lies (Yin et al. 2019), beside the model's mask"
          + " in the same orientation: what a model uses and what hurts it can be compared.";

  /** From this radius on a close-up shows no more than the whole plane. */
  private static final int LARGE = 40;

  private HeatMapAnalysis() {}

  static Section run(Workbench bench) {
    Study study = bench.study();
    AnalysisSettings asked = bench.settings();
    Section.Builder section = new Section.Builder(AnalysisKind.HEATMAP, TEXT);
    if (study.models().isEmpty()) {
      section.missing(Missing.MODELS);
    }
    if (study.testData().isEmpty()) {
      return section.missing(Missing.TEST_DATA).build();
    }
    Map<StudyModel, FourierHeatMap> maps = new LinkedHashMap<>();
    for (StudyModel model : study.models()) {
      maps.put(model, measure(bench, model));
    }
    List<List<Object>> rows = new ArrayList<>();
    List<List<Object>> cells = new ArrayList<>();
    maps.forEach(
        (model, map) -> {
          rows.add(row(model, map));
          addCells(cells, model, map);
        });
    for (Architecture architecture : study.architectures()) {
      List<StudyModel> models =
          maps.keySet().stream().filter(model -> model.architecture() == architecture).toList();
      if (!models.isEmpty()) {
        section.add(sheet(study, architecture, models, maps));
        if (asked.heatMapRadius() < LARGE) {
          section.add(closeUp(study, architecture, models, maps));
        }
      }
    }
    return section
        .add(table(rows))
        .add(cellTable(cells))
        .setting("images", asked.sampleImages())
        .setting("radius", asked.heatMapRadius())
        .setting("normNormalised", asked.heatMapNorm())
        .setting("seed", asked.seed())
        .build();
  }

  private static FourierHeatMap measure(Workbench bench, StudyModel model) {
    AnalysisSettings asked = bench.settings();
    var settings =
        new FourierHeatMap.Settings(asked.heatMapNorm(), asked.heatMapRadius(), asked.seed());
    Batch sample = bench.sample(model.card());
    return bench.with(
        model,
        network -> {
          try (Progress.Task task =
              bench
                  .progress()
                  .begin(
                      "heat map of " + model.name(),
                      settings.frequencies(model.card().size()),
                      "frequencies")) {
            return FourierHeatMap.measure(network, sample, settings, task);
          }
        });
  }

  private static List<Object> row(StudyModel model, FourierHeatMap map) {
    double sum = 0;
    double largest = 0;
    int count = 0;
    for (float error : map.errors()) {
      if (!Float.isNaN(error)) {
        sum += error;
        largest = Math.max(largest, error);
        count++;
      }
    }
    return Table.row(
        model.architecture().cliName(),
        model.augmentation().code(),
        100 * map.cleanError(),
        100 * sum / count,
        100 * largest,
        map.images(),
        map.radius(),
        map.norm());
  }

  private static Table table(List<List<Object>> rows) {
    return new Table(
        "heatmap",
        "Errors under single-frequency disturbances",
        "Error rates in percent; the norm is the disturbance's L2 norm in normalised units (a root mean"
            + " square of norm / 128, times 0.226 of the pixel range).",
        List.of(
            Column.of("architecture", "architecture"),
            Column.of("augmentation", "training"),
            new Column("clean_error_percent", "no disturbance %", 1),
            new Column("mean_error_percent", "mean %", 1),
            new Column("largest_error_percent", "largest %", 1),
            Column.of("images", "images"),
            Column.of("radius", "radius"),
            new Column("norm", "norm", 1)),
        rows);
  }

  private static void addCells(List<List<Object>> rows, StudyModel model, FourierHeatMap map) {
    int size = map.size();
    for (int i = 0; i < map.errors().length; i++) {
      if (!Float.isNaN(map.errors()[i])) {
        int down = i / size <= size / 2 ? i / size : i / size - size;
        int across = i % size <= size / 2 ? i % size : i % size - size;
        rows.add(
            Table.row(
                model.architecture().cliName(),
                model.augmentation().code(),
                down,
                across,
                100.0 * map.errors()[i]));
      }
    }
  }

  private static Table cellTable(List<List<Object>> rows) {
    return new Table(
        "heatmap_cells",
        "Error of each frequency",
        "Cycles per image down and across; error rate in percent.",
        List.of(
            Column.of("architecture", "architecture"),
            Column.of("augmentation", "training"),
            Column.of("down", "down"),
            Column.of("across", "across"),
            new Column("error_percent", "error %", 1)),
        rows);
  }

  private static Figure sheet(
      Study study,
      Architecture architecture,
      List<StudyModel> models,
      Map<StudyModel, FourierHeatMap> maps) {
    Sheet sheet =
        new Sheet(
            models.stream().map(model -> model.augmentation().code()).toList(),
            List.of("hurts", "used"),
            true);
    int radius = 0;
    for (int column = 0; column < models.size(); column++) {
      FourierHeatMap map = maps.get(models.get(column));
      radius = map.radius();
      sheet.put(0, column, MaskPicture.png(map.errors(), map.size(), 0, 1, ColorMap.VIRIDIS, true));
      Optional<StudyMask> mask = study.modelMask(architecture, models.get(column).augmentation());
      if (mask.isPresent()) {
        sheet.put(1, column, MaskSheets.png(mask.get().mask()));
      }
    }
    return sheet
        .scale("error rate", ColorMap.VIRIDIS, 0, 1)
        .scale("mask value", ColorMap.TURBO, 0, 1)
        .figure(
            "heatmap_" + architecture.cliName(),
            "What hurts and what is used, " + architecture.cliName(),
            ("Above: the error rate when a single frequency is disturbed, from dark violet (0) to"
                    + " yellow (1); gray beyond %d cycles per image, where it was not measured. Below: the"
                    + " whole-model mask. Both with the zero frequency in the middle.")
                .formatted(radius),
            "Heat maps above masks; mean errors are in the table.");
  }

  private static Figure closeUp(
      Study study,
      Architecture architecture,
      List<StudyModel> models,
      Map<StudyModel, FourierHeatMap> maps) {
    List<String> columns = models.stream().map(model -> model.augmentation().code()).toList();
    Sheet sheet = new Sheet(columns, List.of("hurts", "used"), false);
    int radius = maps.get(models.get(0)).radius();
    int side = 2 * radius + 1;
    for (int column = 0; column < models.size(); column++) {
      FourierHeatMap map = maps.get(models.get(column));
      float[] errors = middle(map.errors(), map.size(), radius);
      sheet.put(0, column, MaskPicture.png(errors, side, 0, 1, ColorMap.VIRIDIS, false));
      Optional<StudyMask> mask = study.modelMask(architecture, models.get(column).augmentation());
      if (mask.isPresent()) {
        float[] values = middle(mask.get().mask().fullPlane(), map.size(), radius);
        sheet.put(1, column, MaskPicture.png(values, side, 0, 1, ColorMap.TURBO, false));
      }
    }
    return sheet
        .scale("error rate", ColorMap.VIRIDIS, 0, 1)
        .scale("mask value", ColorMap.TURBO, 0, 1)
        .figure(
            "heatmap_close_" + architecture.cliName(),
            "The same, close up, " + architecture.cliName(),
            "The middle of the figure above: from -%d to %d cycles per image in both directions."
                .formatted(radius, radius),
            "Heat maps above masks, magnified; mean errors are in the table.");
  }

  /** The cells up to a distance from the zero frequency in rows and columns, that in the middle. */
  private static float[] middle(float[] plane, int size, int radius) {
    int side = 2 * radius + 1;
    float[] middle = new float[side * side];
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        middle[row * side + column] =
            plane[Math.floorMod(row - radius, size) * size + Math.floorMod(column - radius, size)];
      }
    }
    return middle;
  }
}
