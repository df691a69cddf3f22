package io.fouriermasks.report;

import io.fouriermasks.analysis.EnergyComparison;
import io.fouriermasks.analysis.EnergyComparison.SignChange;
import io.fouriermasks.analysis.MaskStatistics;
import io.fouriermasks.dataset.Augmentation;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.report.ReliabilityAnalysis.Accuracies;
import io.fouriermasks.spectrum.Energies;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The checks of one architecture's whole-model masks: A4 to A8. */
final class ModelMaskChecks {

  /** So much of a difference's absolute area over the bands must have the sign asked for. */
  private static final double CLEAR = 0.95;

  private final Workbench bench;
  private final Architecture architecture;
  private final String subject;

  ModelMaskChecks(Workbench bench, Architecture architecture) {
    this.bench = bench;
    this.architecture = architecture;
    this.subject = architecture.cliName();
  }

  List<Check> all() {
    List<Check> checks = new ArrayList<>(reliability());
    checks.add(order());
    checks.add(disc());
    checks.add(energies("A7", Augmentation.ADVERSARIAL, true));
    checks.add(energies("A8", Augmentation.ROTATION, false));
    return checks;
  }

  private List<Check> reliability() {
    String band = "masked / unmasked accuracy >= 0.99";
    List<Check> checks = new ArrayList<>();
    for (StudyMask mask : bench.study().modelMasks(architecture)) {
      if (!mask.converged()) {
        checks.add(
            Check.notMeasured(
                "A4",
                mask.name(),
                band,
                "the mask did not converge; give train-masks more --mask_epochs"));
        continue;
      }
      Accuracies it = Accuracies.of(bench, mask);
      checks.add(
          Double.isNaN(it.ratio())
              ? Check.notMeasured(
                  "A4", mask.name(), band, "no --test_data and no recorded accuracy")
              : Check.of(
                  "A4",
                  mask.name(),
                  text(
                      "%.4f (%.2f %% / %.2f %%, %s)",
                      it.ratio(), 100 * it.masked(), 100 * it.clean(), it.source()),
                  band,
                  it.ratio() >= 0.99));
    }
    if (checks.isEmpty()) {
      checks.add(Check.notMeasured("A4", subject, band, "no whole-model masks; run train-masks"));
    }
    return checks;
  }

  private Check order() {
    String band = "means adv < sn <= n <= tn < rn, adv <= 0.6 n";
    Map<Augmentation, Double> means = new EnumMap<>(Augmentation.class);
    for (StudyMask mask : bench.study().modelMasks(architecture)) {
      means.put(mask.augmentation(), mask.mask().sparsity());
    }
    StringBuilder measured = new StringBuilder();
    means.forEach(
        (augmentation, mean) -> measured.append(text("%s %.3f ", augmentation.code(), mean)));
    List<String> missing = new ArrayList<>();
    for (Augmentation augmentation : Augmentation.values()) {
      if (!means.containsKey(augmentation)) {
        missing.add(augmentation.code());
      }
    }
    String found = measured.toString().strip();
    if (!missing.isEmpty()) {
      return Check.notMeasured(
          "A5", subject, found, band, "no mask of " + String.join(", ", missing));
    }
    double n = means.get(Augmentation.NORMAL);
    double adv = means.get(Augmentation.ADVERSARIAL);
    double sn = means.get(Augmentation.SCALE);
    double tn = means.get(Augmentation.TRANSLATION);
    double rn = means.get(Augmentation.ROTATION);
    boolean passes = adv < sn && sn <= n && n <= tn && tn < rn && adv <= 0.6 * n;
    return Check.of("A5", subject, found + text("; adv / n %.2f", adv / n), band, passes);
  }

  private Check disc() {
    String band = "L1 in r < 32 >= 0.95, mean r < 20 >= 0.95, mean 34 < r < 60 <= 0.02";
    Optional<StudyMask> mask = bench.study().modelMask(architecture, Augmentation.ADVERSARIAL);
    if (mask.isEmpty()) {
      return Check.notMeasured("A6", subject + " adv", band, "no mask of adv");
    }
    MaskStatistics it = MaskStatistics.of(mask.get().mask());
    double within = it.l1ShareWithin(MaskStatistics.PUBLISHED_RADIUS);
    return Check.of(
        "A6",
        subject + " adv",
        text("%.3f, %.3f, %.3f", within, it.meanInside(), it.meanOutside()),
        band,
        within >= 0.95 && it.meanInside() >= 0.95 && it.meanOutside() <= 0.02);
  }

  private Check energies(String id, Augmentation augmentation, boolean falling) {
    String name = "%s %s - n".formatted(subject, augmentation.code());
    String band =
        falling
            ? "positive in bands 0-15, negative in 24-40, falls through 0 in 15-24"
            : "negative in bands 0-15, positive in 24-40, rises through 0 in 15-24";
    Energies difference =
        EnergiesAnalysis.differences(EnergiesAnalysis.ofModels(bench.study(), architecture))
            .get(augmentation);
    if (difference == null) {
      return Check.notMeasured(
          id, name, band, "the masks of n and %s are needed".formatted(augmentation.code()));
    }
    double low = EnergyComparison.positiveShare(difference.radial(), 0, 15);
    double high = EnergyComparison.positiveShare(difference.radial(), 24, 40);
    Optional<SignChange> change = EnergyComparison.mainSignChange(difference.radial());
    String where =
        change
            .map(
                it ->
                    text(
                        "%s at %d, purity %.2f",
                        it.falling() ? "falls" : "rises", it.band(), it.purity()))
            .orElse("no change of sign");
    boolean signs = falling ? low >= CLEAR && high <= 1 - CLEAR : low <= 1 - CLEAR && high >= CLEAR;
    boolean changes =
        change
            .filter(it -> it.falling() == falling && it.band() >= 15 && it.band() <= 24)
            .isPresent();
    return Check.of(
        id,
        name,
        text("positive share %.2f in 0-15, %.2f in 24-40; %s", low, high, where),
        band,
        signs && changes);
  }

  static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
