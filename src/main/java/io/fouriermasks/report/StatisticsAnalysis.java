package io.fouriermasks.report;

import io.fouriermasks.analysis.MaskStatistics;
import io.fouriermasks.dataset.Augmentation;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.report.Table.Column;
import io.fouriermasks.spectrum.FourierMask;
import java.util.ArrayList;
import java.util.List;

/** What the masks keep: how much, and how far out. */
final class StatisticsAnalysis {

  private static final String TEXT =
      "Distances are in cycles per image from the zero frequency. Sparsity is the mean of a mask."
          + " The share of L1 within a radius tells how much of what a mask keeps is low frequency;"
          + " the effective radius holds 90 % of it.";

  /** The plane's corners, in cycles per image. */
  private static final int FARTHEST = 91;

  private StatisticsAnalysis() {}

  static Section run(Workbench bench) {
    Study study = bench.study();
    Section.Builder section = new Section.Builder(AnalysisKind.STATISTICS, TEXT);
    if (study.modelMasks().isEmpty()) {
      section.missing(Missing.MODEL_MASKS);
    } else {
      section.add(MaskSheets.modelMasks(study)).add(modelMasks(study));
      for (Architecture architecture : study.architectures()) {
        if (!study.modelMasks(architecture).isEmpty()) {
          section.add(reach(study, architecture));
        }
      }
    }
    boolean classes = false;
    for (Architecture architecture : study.architectures()) {
      if (!study.classMasks(architecture).isEmpty()) {
        classes = true;
        section.add(MaskSheets.classMasks(study, architecture));
      }
    }
    section.add(classMasks(study));
    if (!classes) {
      section.missing(Missing.CLASS_MASKS);
    }
    if (study.imageMasks().isEmpty()) {
      section.missing(Missing.IMAGE_MASKS);
    } else {
      section.add(imageMasks(study));
      for (Architecture architecture : study.architectures()) {
        MaskSheets.imageMasks(bench, architecture).ifPresent(section::add);
      }
    }
    return section.build();
  }

  private static List<Column> columns(Column... first) {
    List<Column> columns = new ArrayList<>(List.of(first));
    columns.addAll(
        List.of(
            new Column("sparsity", "sparsity", 4),
            new Column("kept_share", "cells kept", 4),
            new Column("l1_share_within_32", "L1 in r < 32", 4),
            new Column("effective_radius", "effective radius", 1),
            new Column("mean_within_20", "mean r < 20", 3),
            new Column("mean_34_to_60", "mean 34 < r < 60", 3)));
    return columns;
  }

  private static List<Object> numbers(FourierMask mask) {
    MaskStatistics s = MaskStatistics.of(mask);
    return Table.row(
        s.sparsity(),
        s.keptShare(),
        s.l1ShareWithin(MaskStatistics.PUBLISHED_RADIUS),
        s.effectiveRadius(),
        s.meanInside(),
        s.meanOutside());
  }

  private static Table modelMasks(Study study) {
    List<List<Object>> rows = new ArrayList<>();
    for (StudyMask mask : study.modelMasks()) {
      List<Object> row = new ArrayList<>();
      row.add(mask.architecture().cliName());
      row.add(mask.augmentation().code());
      row.addAll(numbers(mask.mask()));
      row.add(mask.convergedText());
      rows.add(row);
    }
    List<Column> columns =
        columns(Column.of("architecture", "architecture"), Column.of("augmentation", "training"));
    columns.add(Column.of("converged", "converged"));
    return new Table(
        "mask_statistics",
        "Whole-model masks",
        "Radii in cycles per image; all other numbers are shares or means in [0, 1].",
        columns,
        rows);
  }

  private static Table classMasks(Study study) {
    List<List<Object>> rows = new ArrayList<>();
    for (Architecture architecture : study.architectures()) {
      for (StudyMask mask : study.classMasks(architecture)) {
        List<Object> row = new ArrayList<>();
        row.add(architecture.cliName());
        row.add(mask.augmentation().code());
        row.add(mask.classFolder().orElseThrow());
        row.addAll(numbers(mask.mask()));
        rows.add(row);
      }
    }
    return new Table(
        "class_mask_statistics",
        "Class masks",
        "Radii in cycles per image; all other numbers are shares or means in [0, 1].",
        columns(
            Column.of("architecture", "architecture"),
            Column.of("augmentation", "training"),
            Column.of("class", "class")),
        rows);
  }

  private static Table imageMasks(Study study) {
    List<List<Object>> rows = new ArrayList<>();
    for (Architecture architecture : study.architectures()) {
      for (Variant variant : Variant.values()) {
        List<StudyImageMask> masks = study.imageMasks(architecture, variant);
        if (masks.isEmpty()) {
          continue;
        }
        double[] sparsity = masks.stream().mapToDouble(m -> m.mask().sparsity()).toArray();
        double[] inside =
            masks.stream()
                .mapToDouble(
                    m -> MaskStatistics.of(m.mask()).l1ShareWithin(MaskStatistics.PUBLISHED_RADIUS))
                .toArray();
        Spread of = Spread.of(sparsity);
        rows.add(
            Table.row(
                architecture.cliName(),
                variant.code(),
                masks.size(),
                of.mean(),
                of.deviation(),
                Spread.of(inside).mean(),
                (int) masks.stream().filter(StudyImageMask::predictionKept).count()));
      }
    }
    return new Table(
        "image_mask_statistics",
        "Masks of single photographs",
        "Mean and standard deviation over the photographs. Kept: how many masks keep the prediction"
            + " that they were trained for (check A9).",
        List.of(
            Column.of("architecture", "architecture"),
            Column.of("variant", "variant"),
            Column.of("masks", "masks"),
            new Column("sparsity_mean", "sparsity", 4),
            new Column("sparsity_deviation", "deviation", 4),
            new Column("l1_share_within_32", "L1 in r < 32", 4),
            Column.of("predictions_kept", "kept")),
        rows);
  }

  private static Figure reach(Study study, Architecture architecture) {
    LineChart chart =
        new LineChart("radius r, cycles per image", "share of L1 within r")
            .level(0, FARTHEST, MaskStatistics.EFFECTIVE_SHARE);
    StringBuilder numbers = new StringBuilder();
    for (StudyMask mask : study.modelMasks(architecture)) {
      Augmentation augmentation = mask.augmentation();
      MaskStatistics statistics = MaskStatistics.of(mask.mask());
      chart.line(augmentation.code(), statistics.l1Share(), Palette.of(augmentation));
      numbers.append(" %s %.2f".formatted(augmentation.code(), statistics.l1ShareWithin(32)));
    }
    String name = architecture.cliName();
    return new Figure(
        "reach_" + name,
        Figure.Media.SVG,
        chart.between(0, 1).svg(),
        LineChart.WIDTH,
        "Reach of the whole-model masks of " + name,
        "Share of a mask's L1 norm in the cells nearer than r. A curve that rises early belongs to a"
            + " mask of low frequencies; where it crosses the line at 0.9 is the effective radius. The plane's"
            + " corners are at 91 cycles per image.",
        "Share of L1 within 32 cycles per image:%s.".formatted(numbers));
  }
}
