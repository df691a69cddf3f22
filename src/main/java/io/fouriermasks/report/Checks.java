package io.fouriermasks.report;

import io.fouriermasks.network.Architecture;
import io.fouriermasks.report.Table.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The checks that a faithful study passes, with the published bands for every architecture. */
public final class Checks {

  private static final Set<String> IMAGENETTE5 =
      Set.of("n02102040", "n03000684", "n03028079", "n03394916", "n03417042");
  private static final int IMAGENETTE5_IMAGES = 1973;

  private final List<Check> lines;

  private Checks(List<Check> lines) {
    this.lines = List.copyOf(lines);
  }

  /**
   * Makes all checks. Blocks: what photographs and models are there for is measured.
   *
   * @throws java.util.concurrent.CancellationException if the progress cancels
   */
  public static Checks of(Workbench bench) {
    List<Check> lines = new ArrayList<>();
    lines.add(images(bench.study()));
    for (Architecture architecture : bench.study().architectures()) {
      lines.addAll(new ModelMaskChecks(bench, architecture).all());
      lines.addAll(new ImageMaskChecks(bench, architecture).all());
    }
    lines.addAll(ProjectChecks.fullSize());
    lines.addAll(new ProjectChecks(bench).transform());
    lines.addAll(ProjectChecks.tests());
    lines.sort(Comparator.comparingInt(check -> Integer.parseInt(check.id().substring(1))));
    return new Checks(lines);
  }

  private static Check images(Study study) {
    String band = "1973 images of the 5 Imagenette classes";
    if (study.testData().isEmpty()) {
      return Check.notMeasured("A1", "data", band, "no --test_data");
    }
    int images = study.testData().get().images().size();
    String measured = images + " images";
    return Set.copyOf(study.testData().get().classes()).equals(IMAGENETTE5)
        ? Check.of("A1", "data", measured, band, images == IMAGENETTE5_IMAGES)
        : Check.notMeasured("A1", "data", measured, band, "this is another data set");
  }

  /** The lines, by id. */
  public List<Check> lines() {
    return lines;
  }

  /** Whether one of them fails. */
  public boolean anyFails() {
    return lines.stream().anyMatch(check -> check.outcome() == Check.Outcome.FAIL);
  }

  /** The lines as a table. */
  public Table table() {
    return new Table(
        "checks",
        "Checks of the study",
        "The bands are the published ones for every architecture; a small network need not reach"
            + " them.",
        List.of(
            Column.of("id", "id"),
            Column.of("subject", "subject"),
            Column.of("measured", "measured"),
            Column.of("band", "asked for"),
            Column.of("verdict", "verdict")),
        lines.stream()
            .map(
                check ->
                    Table.row(
                        check.id(),
                        check.subject(),
                        check.measured(),
                        check.band(),
                        check.verdict()))
            .toList());
  }
}
