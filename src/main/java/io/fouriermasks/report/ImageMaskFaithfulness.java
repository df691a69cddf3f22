package io.fouriermasks.report;

import io.fouriermasks.analysis.Faithfulness;
import io.fouriermasks.analysis.Faithfulness.Order;
import io.fouriermasks.analysis.Faithfulness.Score;
import io.fouriermasks.analysis.Faithfulness.Settings;
import io.fouriermasks.dataset.Batch;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.report.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The faithfulness of single-image masks: the label's probability instead of an accuracy, on the
 * mask's own clean photograph.
 */
final class ImageMaskFaithfulness {

  private final Workbench bench;
  private final List<List<Object>> rows = new ArrayList<>();

  private ImageMaskFaithfulness(Workbench bench) {
    this.bench = bench;
  }

  /** One row a mask, for at most the study's number of sample images of each network. */
  static Optional<Table> table(Workbench bench) {
    ImageMaskFaithfulness work = new ImageMaskFaithfulness(bench);
    for (Architecture architecture : bench.study().architectures()) {
      for (Variant variant : Variant.values()) {
        // attacked photographs would have to be made for a number that the clean ones have too
        if (variant != Variant.ATTACKED) {
          work.measure(architecture, variant);
        }
      }
    }
    return work.rows.isEmpty() ? Optional.empty() : Optional.of(table(work.rows));
  }

  private void measure(Architecture architecture, Variant variant) {
    Optional<StudyModel> model = bench.study().model(architecture, variant.augmentation());
    Map<String, Integer> photographs = ComplementMeasurement.photographs(bench.data());
    List<StudyImageMask> masks =
        bench.study().imageMasks(architecture, variant).stream()
            .filter(mask -> photographs.containsKey(mask.key()) && mask.label() >= 0)
            .limit(bench.settings().sampleImages())
            .toList();
    if (model.isEmpty() || masks.isEmpty()) {
      return;
    }
    bench.with(
        model.get(),
        network -> {
          String name = "faithfulness of image masks " + variant.code();
          try (Progress.Task task = bench.progress().begin(name, masks.size(), "masks")) {
            for (StudyImageMask mask : masks) {
              rows.add(row(mask, measure(network, mask, photographs.get(mask.key()), task)));
              task.onProgress(rows.size());
            }
          }
          return null;
        });
  }

  private Faithfulness measure(
      FrozenNetwork network, StudyImageMask mask, int index, Progress.Task task) {
    float[] pixels =
        bench.data().image(index).normalised(network.card().mean(), network.card().std());
    Batch single = new Batch(pixels, new int[] {mask.label()}, 1);
    return Faithfulness.measure(
        network, mask.mask(), List.of(single), Settings.of(Score.PROBABILITY), task);
  }

  private static List<Object> row(StudyImageMask mask, Faithfulness result) {
    return Table.row(
        mask.architecture().cliName(),
        mask.variant().code(),
        mask.key(),
        result.value(),
        result.advantage(Order.AMPLITUDE),
        result.advantage(Order.LOW_TO_HIGH));
  }

  private static Table table(List<List<Object>> rows) {
    return new Table(
        "faithfulness_images",
        "Faithfulness of single-image masks",
        "The same with the probability of the mask's label on its own clean photograph.",
        List.of(
            Column.of("architecture", "architecture"),
            Column.of("variant", "variant"),
            Column.of("image", "photograph"),
            new Column("faithfulness", "mask", 3),
            new Column("amplitude", "amplitude", 3),
            new Column("low_to_high", "low to high", 3)),
        rows);
  }
}
