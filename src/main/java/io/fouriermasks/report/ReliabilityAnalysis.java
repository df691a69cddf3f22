package io.fouriermasks.report;

import io.fouriermasks.analysis.Reliability;
import io.fouriermasks.report.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How much of each model's accuracy is left through its mask. */
final class ReliabilityAnalysis {

  private static final String TEXT =
      "A mask that found what a model uses keeps its accuracy. The ratio is the accuracy through the"
          + " mask divided by the accuracy without; check A4 asks for 0.99. Masks are trained on the"
          + " same evaluation split unless their record says otherwise, as the method asks.";

  private ReliabilityAnalysis() {}

  /**
   * Accuracies with and without a mask.
   *
   * @param clean share of images right without mask, in [0, 1]
   * @param masked the same through the mask
   * @param source where the numbers are from
   */
  record Accuracies(double clean, double masked, String source) {

    double ratio() {
      return masked / clean;
    }

    /** Measured where photographs and model are there, else as the training recorded it. */
    static Accuracies of(Workbench bench, StudyMask mask) {
      Optional<Reliability> measured = bench.reliability(mask);
      if (measured.isPresent()) {
        return new Accuracies(
            measured.get().clean().share(),
            measured.get().masked().share(),
            "measured on %d images".formatted(measured.get().clean().images()));
      }
      return new Accuracies(
          mask.meta().path("unmaskedAccuracy").asDouble(Double.NaN),
          mask.meta().path("maskedAccuracy").asDouble(Double.NaN),
          "recorded by the training");
    }
  }

  static Section run(Workbench bench) {
    Study study = bench.study();
    Section.Builder section = new Section.Builder(AnalysisKind.RELIABILITY, TEXT);
    List<List<Object>> rows = new ArrayList<>();
    for (StudyMask mask : study.modelMasks()) {
      Accuracies accuracies = Accuracies.of(bench, mask);
      rows.add(
          Table.row(
              mask.architecture().cliName(),
              mask.augmentation().code(),
              100 * accuracies.clean(),
              100 * accuracies.masked(),
              accuracies.ratio(),
              mask.mask().sparsity(),
              mask.convergedText(),
              accuracies.source()));
    }
    for (StudyModel model : study.models()) {
      if (study.modelMask(model.architecture(), model.augmentation()).isEmpty()) {
        rows.add(
            Table.row(
                model.architecture().cliName(),
                model.augmentation().code(),
                100 * model.card().accuracy().orElse(Double.NaN),
                Double.NaN,
                Double.NaN,
                Double.NaN,
                "no mask",
                "recorded by the training"));
        section.missing(Missing.modelMask(model.architecture(), model.augmentation()));
      }
    }
    section.add(table(rows));
    if (study.modelMasks().isEmpty()) {
      section.missing(Missing.MODEL_MASKS);
    } else if (study.models().isEmpty()) {
      section.missing(Missing.MODELS);
    } else if (study.testData().isEmpty()) {
      section.missing(Missing.TEST_DATA + " Until then these are the training's own numbers.");
    }
    return section.setting("evaluationImages", images(study)).build();
  }

  private static int images(Study study) {
    return study.testData().map(folder -> folder.images().size()).orElse(0);
  }

  private static Table table(List<List<Object>> rows) {
    return new Table(
        "reliability",
        "Accuracy with and without mask",
        "Accuracies in percent of the evaluation split; sparsity is the mean of the mask, lower is"
            + " sparser.",
        List.of(
            Column.of("architecture", "architecture"),
            Column.of("augmentation", "training"),
            new Column("accuracy_percent", "accuracy %", 2),
            new Column("masked_accuracy_percent", "through mask %", 2),
            new Column("ratio", "ratio", 4),
            new Column("sparsity", "sparsity", 4),
            Column.of("converged", "converged"),
            Column.of("source", "source")),
        rows);
  }
}
