package io.fouriermasks.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.fouriermasks.analysis.Reliability;
import io.fouriermasks.report.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How much of each model's accuracy is left through its mask. */
final class ReliabilityAnalysis {

  private static final String TEXT =
      "A mask that found what a model uses keeps its accuracy. The ratio is the accuracy through the"
          + " mask divided by the accuracy without; check A4 asks for 0.99. As in the method, a mask is"
          + " trained on the images that it is judged on, and the model's epoch was chosen on them;"
          + " where images were held out, a second table has their accuracies.";

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
              mask.meta().path("split").asText("not recorded"),
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
                "no mask",
                "recorded by the training"));
        section.missing(Missing.modelMask(model.architecture(), model.augmentation()));
      }
    }
    section.add(table(rows)).add(heldOut(study));
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
            Column.of("trained_on", "mask trained on"),
            Column.of("source", "source")),
        rows);
  }

  /** Of masks that were not trained on all images: accuracies on the others. */
  private static Table heldOut(Study study) {
    List<List<Object>> rows = new ArrayList<>();
    for (StudyMask mask : study.modelMasks()) {
      JsonNode apart = mask.meta().path("heldOut");
      if (apart.isObject()) {
        double clean = apart.path("unmaskedAccuracy").asDouble(Double.NaN);
        double masked = apart.path("maskedAccuracy").asDouble(Double.NaN);
        rows.add(
            Table.row(
                mask.architecture().cliName(),
                mask.augmentation().code(),
                apart.path("images").asInt(),
                100 * clean,
                100 * masked,
                masked / clean));
      }
    }
    return new Table(
        "reliability_held_out",
        "Accuracy on images that had no part in the mask",
        "Percent of the images held out, as the training recorded it.",
        List.of(
            Column.of("architecture", "architecture"),
            Column.of("augmentation", "training"),
            Column.of("images", "images"),
            new Column("accuracy_percent", "accuracy %", 2),
            new Column("masked_accuracy_percent", "through mask %", 2),
            new Column("ratio", "ratio", 4)),
        rows);
  }
}
