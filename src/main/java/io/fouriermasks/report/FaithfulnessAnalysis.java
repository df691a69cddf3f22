package io.fouriermasks.report;

import io.fouriermasks.analysis.Faithfulness;
import io.fouriermasks.analysis.Faithfulness.Order;
import io.fouriermasks.analysis.Faithfulness.Score;
import io.fouriermasks.analysis.Faithfulness.Settings;
import io.fouriermasks.dataset.Batch;
import io.fouriermasks.report.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Does a model depend on frequencies in the order of its mask's values? */
final class FaithfulnessAnalysis {

  private static final String TEXT =
      "Frequencies are added to nothing (insertion) or removed from the image (deletion) in the order"
          + " of the mask's values, and the accuracy is followed. The number of a mask is the mean area"
          + " between its two curves and those of random orders, from -1 to 1: about 0 for a mask that"
          + " knows nothing. A mask says more than an order that needs no training only if its number"
          + " is above those of the image's own amplitudes and of low to high frequency.";

  private FaithfulnessAnalysis() {}

  static Section run(Workbench bench) {
    Study study = bench.study();
    Section.Builder section = new Section.Builder(AnalysisKind.FAITHFULNESS, TEXT);
    if (study.modelMasks().isEmpty()) {
      section.missing(Missing.MODEL_MASKS);
    }
    if (study.testData().isEmpty()) {
      return section.missing(Missing.TEST_DATA).build();
    }
    Settings settings = Settings.of(Score.ACCURACY);
    List<List<Object>> rows = new ArrayList<>();
    List<List<Object>> points = new ArrayList<>();
    for (StudyMask mask : study.modelMasks()) {
      Optional<StudyModel> model = study.model(mask.architecture(), mask.augmentation());
      if (model.isEmpty()) {
        section.missing(Missing.model(mask.architecture(), mask.augmentation()));
        continue;
      }
      Faithfulness result = measure(bench, model.get(), mask, settings);
      rows.add(row(mask, result));
      addPoints(points, mask, result);
      section.add(figure(mask, result));
    }
    ImageMaskFaithfulness.table(bench).ifPresent(section::add);
    return section
        .add(table(rows, bench.settings().sampleImages()))
        .add(curves(points))
        .setting("images", bench.settings().sampleImages())
        .setting("imageSeed", bench.settings().seed())
        .setting("points", settings.points())
        .setting("randomOrders", settings.randomOrders())
        .setting("seed", settings.seed())
        .build();
  }

  private static Faithfulness measure(
      Workbench bench, StudyModel model, StudyMask mask, Settings settings) {
    Batch sample = bench.sample(model.card());
    List<Batch> singles = singles(sample);
    return bench.with(
        model,
        network -> {
          try (Progress.Task task =
              bench.progress().begin("faithfulness of " + mask.name(), sample.size(), "images")) {
            return Faithfulness.measure(network, mask.mask(), singles, settings, task);
          }
        });
  }

  /** One image a batch: then a whole curve is one pass, and progress moves. */
  private static List<Batch> singles(Batch batch) {
    int pixels = batch.images().length / batch.size();
    List<Batch> singles = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      float[] image = new float[pixels];
      System.arraycopy(batch.images(), i * pixels, image, 0, pixels);
      singles.add(new Batch(image, new int[] {batch.labels()[i]}, 1));
    }
    return singles;
  }

  private static List<Object> row(StudyMask mask, Faithfulness result) {
    return Table.row(
        mask.architecture().cliName(),
        mask.augmentation().code(),
        result.value(),
        result.advantage(Order.AMPLITUDE),
        result.advantage(Order.LOW_TO_HIGH),
        result.curves(Order.MASK).insertionArea(),
        result.curves(Order.MASK).deletionArea(),
        result.images());
  }

  private static Table table(List<List<Object>> rows, int images) {
    return new Table(
        "faithfulness",
        "Faithfulness of the whole-model masks",
        "Areas and differences of areas of accuracy over the share of frequencies, on %d photographs drawn evenly by class."
            .formatted(images),
        List.of(
            Column.of("architecture", "architecture"),
            Column.of("augmentation", "training"),
            new Column("faithfulness", "mask", 3),
            new Column("amplitude", "amplitude", 3),
            new Column("low_to_high", "low to high", 3),
            new Column("insertion_area", "insertion area", 3),
            new Column("deletion_area", "deletion area", 3),
            Column.of("images", "images")),
        rows);
  }

  private static void addPoints(List<List<Object>> rows, StudyMask mask, Faithfulness result) {
    for (Faithfulness.Curves curves : result.curves()) {
      for (int i = 0; i < result.fractions().length; i++) {
        rows.add(
            Table.row(
                mask.architecture().cliName(),
                mask.augmentation().code(),
                name(curves.order()),
                result.fractions()[i],
                curves.insertion()[i],
                curves.deletion()[i]));
      }
    }
  }

  private static Table curves(List<List<Object>> rows) {
    return new Table(
        "faithfulness_curves",
        "Insertion and deletion curves",
        "Accuracy with only, and without, that share of the frequencies.",
        List.of(
            Column.of("architecture", "architecture"),
            Column.of("augmentation", "training"),
            Column.of("order", "order"),
            new Column("fraction", "fraction", 4),
            new Column("insertion", "insertion", 3),
            new Column("deletion", "deletion", 3)),
        rows);
  }

  private static Figure figure(StudyMask mask, Faithfulness result) {
    LineChart chart =
        new LineChart("share of the frequencies added", "accuracy (insertion)").between(0, 1);
    for (Faithfulness.Curves curves : result.curves()) {
      chart.line(
          name(curves.order()),
          result.fractions(),
          curves.insertion(),
          Palette.of(curves.order().ordinal()));
    }
    return new Figure(
        "faithfulness_%s_%s".formatted(mask.architecture().cliName(), mask.augmentation().code()),
        Figure.Media.SVG,
        chart.svg(),
        LineChart.WIDTH,
        "Insertion curves of " + mask.name(),
        "Accuracy with only the first frequencies of each order; the earlier a curve rises, the"
            + " better the order. Random is the mean of 5 orders. Deletion curves are in"
            + " tables/faithfulness_curves.csv.",
        String.format(
            Locale.ROOT,
            "The number of the mask is %.3f, of amplitudes %.3f, of low to high %.3f.",
            result.value(),
            result.advantage(Order.AMPLITUDE),
            result.advantage(Order.LOW_TO_HIGH)));
  }

  private static String name(Order order) {
    return switch (order) {
      case MASK -> "mask";
      case RANDOM -> "random";
      case AMPLITUDE -> "amplitude";
      case LOW_TO_HIGH -> "low to high";
    };
  }
}
