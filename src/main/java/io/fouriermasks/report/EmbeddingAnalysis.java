package io.fouriermasks.report;

import io.fouriermasks.analysis.Embedding;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.report.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The masks of single photographs as points in a plane. */
final class EmbeddingAnalysis {

  private static final String TEXT =
      "UMAP of the linear classifier's logits (20 neighbours, seed 42): masks that the classifier sees"
          + " alike lie together. Only who lies beside whom has a meaning; the axes have none. The"
          + " classifier can learn any masks by heart, so that those it learned from cluster even where"
          + " masks show nothing: look where the masks lie that were held out.";

  private EmbeddingAnalysis() {}

  static Section run(Workbench bench) {
    Study study = bench.study();
    Section.Builder section = new Section.Builder(AnalysisKind.EMBEDDING, TEXT);
    List<List<Object>> rows = new ArrayList<>();
    for (Architecture architecture : study.architectures()) {
      for (Variant variant : Variant.values()) {
        Optional<Workbench.Probes> probes = bench.probes(architecture, variant);
        int masks = study.imageMasks(architecture, variant).size();
        if (probes.isPresent()) {
          Embedding embedding = Embedding.of(probes.get().trueLabels().logits());
          addRows(rows, architecture, variant, probes.get(), embedding);
          section.add(figure(study, architecture, variant, probes.get(), embedding));
        } else if (masks > 0) {
          section.missing(ProbeAnalysis.tooFew(architecture, variant, masks));
        }
      }
    }
    if (study.imageMasks().isEmpty()) {
      section.missing(Missing.IMAGE_MASKS);
    }
    return section
        .add(table(rows))
        .setting("neighbours", Embedding.NEIGHBOURS)
        .setting("seed", Embedding.SEED)
        .build();
  }

  private static void addRows(
      List<List<Object>> rows,
      Architecture architecture,
      Variant variant,
      Workbench.Probes probes,
      Embedding embedding) {
    for (int i = 0; i < embedding.points().length; i++) {
      StudyImageMask mask = probes.masks().get(i);
      rows.add(
          Table.row(
              architecture.cliName(),
              variant.code(),
              mask.classFolder(),
              mask.image(),
              (double) embedding.points()[i][0],
              (double) embedding.points()[i][1],
              probes.trueLabels().heldOut()[i] ? "test" : "train"));
    }
  }

  private static Table table(List<List<Object>> rows) {
    return new Table(
        "embedding",
        "Points of the embedding",
        "Coordinates have no unit.",
        List.of(
            Column.of("architecture", "architecture"),
            Column.of("variant", "variant"),
            Column.of("class", "class"),
            Column.of("image", "image"),
            new Column("x", "x", 3),
            new Column("y", "y", 3),
            Column.of("split", "classifier's split")),
        rows);
  }

  private static Figure figure(
      Study study,
      Architecture architecture,
      Variant variant,
      Workbench.Probes probes,
      Embedding embedding) {
    LineChart chart = new LineChart("first component, no unit", "second component, no unit", 560);
    List<String> folders = study.classFolders();
    List<String> names = study.classNames();
    for (boolean heldOut : new boolean[] {false, true}) {
      for (int label = 0; label < folders.size(); label++) {
        List<float[]> points = points(probes, embedding, label, heldOut);
        if (!points.isEmpty()) {
          chart.points(
              names.get(label) + (heldOut ? ", held out" : ""),
              points.stream().mapToDouble(point -> point[0]).toArray(),
              points.stream().mapToDouble(point -> point[1]).toArray(),
              label,
              !heldOut);
        }
      }
    }
    String name = architecture.cliName() + " " + variant.code();
    return new Figure(
        "embedding_%s_%s".formatted(architecture.cliName(), variant.code()),
        Figure.Media.SVG,
        chart.svg(),
        LineChart.WIDTH,
        "Map of the masks of " + name,
        "One point a photograph, colour and shape by its true class; pale: masks that the classifier learned from, full: those held out. %d masks, %d neighbours."
            .formatted(probes.masks().size(), embedding.neighbours()),
        "Points of %d masks by class; their coordinates are in tables/embedding.csv."
            .formatted(probes.masks().size()));
  }

  private static List<float[]> points(
      Workbench.Probes probes, Embedding embedding, int label, boolean heldOut) {
    List<float[]> points = new ArrayList<>();
    for (int i = 0; i < embedding.points().length; i++) {
      if (probes.trueLabels().labels()[i] == label && probes.trueLabels().heldOut()[i] == heldOut) {
        points.add(embedding.points()[i]);
      }
    }
    return points;
  }
}
