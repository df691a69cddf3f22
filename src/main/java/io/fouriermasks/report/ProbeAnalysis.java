package io.fouriermasks.report;

import io.fouriermasks.network.Architecture;
import io.fouriermasks.report.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How well a linear classifier tells the class of a photograph from its mask. */
final class ProbeAnalysis {

  private static final String TEXT =
      "A linear classifier learns the class of a photograph from its mask alone, and is tested on 15 %"
          + " of the masks that it has not seen. The same with the labels in one random order shows"
          + " what chance gives: if it is far below, masks show the class.";

  private ProbeAnalysis() {}

  static Section run(Workbench bench) {
    Study study = bench.study();
    Section.Builder section = new Section.Builder(AnalysisKind.PROBE, TEXT);
    List<List<Object>> rows = new ArrayList<>();
    for (Architecture architecture : study.architectures()) {
      for (Variant variant : Variant.values()) {
        Optional<Workbench.Probes> probes = bench.probes(architecture, variant);
        probes.ifPresent(it -> rows.add(row(architecture, variant, it)));
        int masks = study.imageMasks(architecture, variant).size();
        if (probes.isEmpty() && masks > 0) {
          section.missing(tooFew(architecture, variant, masks));
        }
      }
    }
    if (study.imageMasks().isEmpty()) {
      section.missing(Missing.IMAGE_MASKS);
    }
    return section
        .add(table(rows))
        .setting("classifier", "16384 -> classes, Adam, weight decay 0.005, OneCycle to 0.001")
        .setting("epochs", 20)
        .setting("batchSize", 32)
        .setting("testShare", 0.15)
        .setting("seed", bench.settings().seed())
        .build();
  }

  static String tooFew(Architecture architecture, Variant variant, int masks) {
    return "Of %s %s there are %d masks; at least %d are needed. Run train-image-masks with more photographs."
        .formatted(architecture.cliName(), variant.code(), masks, Workbench.FEWEST_MASKS);
  }

  private static List<Object> row(
      Architecture architecture, Variant variant, Workbench.Probes probes) {
    int heldOut = 0;
    for (boolean out : probes.trueLabels().heldOut()) {
      heldOut += out ? 1 : 0;
    }
    return Table.row(
        architecture.cliName(),
        variant.code(),
        probes.masks().size(),
        heldOut,
        100 * probes.trueLabels().trainAccuracy(),
        100 * probes.trueLabels().testAccuracy(),
        100 * probes.permuted().trainAccuracy(),
        100 * probes.permuted().testAccuracy());
  }

  private static Table table(List<List<Object>> rows) {
    return new Table(
        "probe",
        "Linear classifier on masks",
        "Percent of the masks classified right. Published test accuracies: 82.24 (VGG11) and 78.44"
            + " (ResNet18), with permuted labels 20.56 and 15.60.",
        List.of(
            Column.of("architecture", "architecture"),
            Column.of("variant", "variant"),
            Column.of("masks", "masks"),
            Column.of("held_out", "held out"),
            new Column("train_percent", "train", 2),
            new Column("test_percent", "test", 2),
            new Column("permuted_train_percent", "permuted, train", 2),
            new Column("permuted_test_percent", "permuted, test", 2)),
        rows);
  }
}
