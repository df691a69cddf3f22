package io.fouriermasks.report;

import io.fouriermasks.analysis.EnergyComparison;
import io.fouriermasks.analysis.EnergyComparison.SignChange;
import io.fouriermasks.dataset.Augmentation;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.report.Table.Column;
import io.fouriermasks.spectrum.Energies;
import io.fouriermasks.spectrum.FrequencyBands;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Energy of the masks by distance and direction. */
final class EnergiesAnalysis {

  private static final String TEXT =
      "A mask divided by its L2 norm, and the L2 norm of that in each of 64 radial bands (each sqrt(2)"
          + " cycles per image wide) and 64 angular ones (5.6 degrees each, counter-clockwise from the"
          + " right; the bands of a frequency and its conjugate are 32 apart). Differences are from the"
          + " plain model's mask.";

  private EnergiesAnalysis() {}

  static Section run(Workbench bench) {
    Study study = bench.study();
    Section.Builder section = new Section.Builder(AnalysisKind.ENERGIES, TEXT);
    List<List<Object>> bands = new ArrayList<>();
    List<List<Object>> changes = new ArrayList<>();
    for (Architecture architecture : study.architectures()) {
      Map<Augmentation, Energies> energies = ofModels(study, architecture);
      energies.forEach((a, it) -> addBands(bands, architecture, "model", a.code(), it));
      if (!energies.isEmpty()) {
        section.add(EnergyCharts.energies(architecture, energies, true));
        section.add(EnergyCharts.energies(architecture, energies, false));
      }
      Map<Augmentation, Energies> differences = differences(energies);
      differences.forEach((a, it) -> changes.add(change(architecture, a, it)));
      if (!differences.isEmpty()) {
        section.add(EnergyCharts.differences(architecture, differences));
      } else if (!energies.isEmpty() && !energies.containsKey(Augmentation.NORMAL)) {
        section.missing(Missing.modelMask(architecture, Augmentation.NORMAL));
      }
      new ImageMaskEnergies(study, architecture).addTo(section, bands);
    }
    if (study.modelMasks().isEmpty()) {
      section.missing(Missing.MODEL_MASKS);
    }
    if (study.imageMasks().isEmpty()) {
      section.missing(Missing.IMAGE_MASKS);
    }
    return section.add(changeTable(changes)).add(bandTable(bands)).build();
  }

  /** Energies of the whole-model masks of an architecture. */
  static Map<Augmentation, Energies> ofModels(Study study, Architecture architecture) {
    Map<Augmentation, Energies> energies = new LinkedHashMap<>();
    for (StudyMask mask : study.modelMasks(architecture)) {
      energies.put(
          mask.augmentation(), FrequencyBands.of(mask.mask().size()).energies(mask.mask()));
    }
    return energies;
  }

  /** Each minus that of {@code n}; empty without it. */
  static Map<Augmentation, Energies> differences(Map<Augmentation, Energies> energies) {
    Map<Augmentation, Energies> differences = new LinkedHashMap<>();
    Energies baseline = energies.get(Augmentation.NORMAL);
    if (baseline != null) {
      energies.forEach(
          (augmentation, it) -> {
            if (augmentation != Augmentation.NORMAL) {
              differences.put(augmentation, it.minus(baseline));
            }
          });
    }
    return differences;
  }

  static void addBands(
      List<List<Object>> rows, Architecture architecture, String kind, String code, Energies of) {
    for (int band = 0; band < of.radial().length; band++) {
      rows.add(
          Table.row(
              architecture.cliName(), kind, code, band, of.radial()[band], of.angular()[band]));
    }
  }

  private static Table bandTable(List<List<Object>> rows) {
    return new Table(
        "energies",
        "Energies of every band",
        "Kind model: whole-model masks. Kind image: mean over the masks of single photographs. Kind"
            + " above: share of photographs whose mask has more energy than that of n.",
        List.of(
            Column.of("architecture", "architecture"),
            Column.of("kind", "kind"),
            Column.of("training", "training"),
            Column.of("band", "band"),
            new Column("radial", "radial", 4),
            new Column("angular", "angular", 4)),
        rows);
  }

  private static List<Object> change(
      Architecture architecture, Augmentation augmentation, Energies difference) {
    Optional<SignChange> change = EnergyComparison.mainSignChange(difference.radial());
    return Table.row(
        architecture.cliName(),
        augmentation.code() + " - n",
        change.map(it -> it.falling() ? "falls" : "rises").orElse("none"),
        change.map(it -> (double) it.band()).orElse(Double.NaN),
        change.map(SignChange::purity).orElse(Double.NaN),
        EnergyComparison.positiveShare(difference.radial(), 0, 15),
        EnergyComparison.positiveShare(difference.radial(), 24, 40));
  }

  private static Table changeTable(List<List<Object>> rows) {
    return new Table(
        "energy_differences",
        "Where the radial differences change their sign",
        "The band of the main change and its purity (1: the only change); the share of the"
            + " difference's absolute area that is positive over the bands 0 to 15 and 24 to 40. The"
            + " published adv - n falls in 15 to 24, rn - n rises there.",
        List.of(
            Column.of("architecture", "architecture"),
            Column.of("difference", "difference"),
            Column.of("direction", "direction"),
            new Column("band", "band", 0),
            new Column("purity", "purity", 3),
            new Column("positive_share_0_15", "positive 0-15", 3),
            new Column("positive_share_24_40", "positive 24-40", 3)),
        rows);
  }
}
