package io.fouriermasks.report;

import static io.fouriermasks.report.ModelMaskChecks.text;

import io.fouriermasks.analysis.ComplementAccuracy;
import io.fouriermasks.analysis.MaskForm;
import io.fouriermasks.network.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The checks of one architecture's single-image masks: A9 to A12. */
final class ImageMaskChecks {

  /** With fewer masks the held-out accuracy of A12 is a matter of luck. */
  private static final int FEWEST_FOR_PROBE = 100;

  private static final String NO_MASKS = "no single-image masks of n; run train-image-masks";
  private static final String NO_IMAGES = "--models and --test_data are needed";

  private final Workbench bench;
  private final Architecture architecture;
  private final String subject;

  ImageMaskChecks(Workbench bench, Architecture architecture) {
    this.bench = bench;
    this.architecture = architecture;
    this.subject = architecture.cliName();
  }

  List<Check> all() {
    List<Check> checks = new ArrayList<>(kept());
    checks.add(complement());
    checks.add(adversarial());
    checks.addAll(probe());
    return checks;
  }

  private List<Check> kept() {
    String band = "100 % of the predictions kept";
    List<Check> checks = new ArrayList<>();
    for (Variant variant : Variant.values()) {
      List<StudyImageMask> masks = bench.study().imageMasks(architecture, variant);
      if (masks.isEmpty()) {
        continue;
      }
      Optional<ComplementAccuracy> measured = bench.complement(architecture, variant);
      int images = measured.map(it -> it.masked().get(MaskForm.SOFT).images()).orElse(masks.size());
      int kept =
          measured
              .map(it -> it.masked().get(MaskForm.SOFT).right())
              .orElse((int) masks.stream().filter(StudyImageMask::predictionKept).count());
      checks.add(
          Check.of(
              "A9",
              subject + " " + variant.code(),
              text(
                  "%.1f %% of %d masks, %s",
                  100.0 * kept / images, images, measured.isPresent() ? "measured" : "recorded"),
              band,
              kept == images));
    }
    if (checks.isEmpty()) {
      checks.add(
          Check.notMeasured("A9", subject, band, "no single-image masks; run train-image-masks"));
    }
    return checks;
  }

  private Check complement() {
    OptionalDouble published = published(55.52, 58.33);
    String band = band("accuracy through the complement", published, 6);
    return accuracy(
        "A10",
        bench.complement(architecture, Variant.PLAIN).map(it -> 100 * it.complement().share()),
        published,
        band,
        6);
  }

  private Check adversarial() {
    OptionalDouble published = published(58.69, 74.31);
    String band = band("adversarial images through the binary mask", published, 8);
    Optional<Double> measured =
        bench
            .complement(architecture, Variant.PLAIN)
            .map(it -> 100 * it.adversarialMasked().get(MaskForm.BINARY).share());
    return accuracy("A11", measured, published, band, 8);
  }

  private Check accuracy(
      String id,
      Optional<Double> measured,
      OptionalDouble published,
      String band,
      double tolerance) {
    if (bench.study().imageMasks(architecture, Variant.PLAIN).isEmpty()) {
      return Check.notMeasured(id, subject, band, NO_MASKS);
    }
    if (measured.isEmpty()) {
      return Check.notMeasured(id, subject, band, NO_IMAGES);
    }
    String found = text("%.2f %%", measured.get());
    return published.isEmpty()
        ? Check.notMeasured(id, subject, found, band, "nothing is published for " + subject)
        : Check.of(
            id,
            subject,
            found,
            band,
            Math.abs(measured.get() - published.getAsDouble()) <= tolerance);
  }

  private OptionalDouble published(double vgg, double resnet) {
    return switch (architecture) {
      case VGG11 -> OptionalDouble.of(vgg);
      case RESNET18 -> OptionalDouble.of(resnet);
      case COMPACT -> OptionalDouble.empty();
    };
  }

  private static String band(String what, OptionalDouble published, int tolerance) {
    return published.isPresent()
        ? text("%s %.1f +- %d %%", what, published.getAsDouble(), tolerance)
        : what + ", published for vgg and resnet";
  }

  private List<Check> probe() {
    String trueBand = "held-out accuracy of a linear classifier >= 75 %";
    String chanceBand = "with permuted labels 20 +- 6 %";
    Optional<Workbench.Probes> probes = bench.probes(architecture, Variant.PLAIN);
    int masks = bench.study().imageMasks(architecture, Variant.PLAIN).size();
    if (probes.isEmpty()) {
      String reason = masks == 0 ? NO_MASKS : "only %d single-image masks of n".formatted(masks);
      return List.of(Check.notMeasured("A12", subject, trueBand, reason));
    }
    double right = 100 * probes.get().trueLabels().testAccuracy();
    double chance = 100 * probes.get().permuted().testAccuracy();
    if (masks < FEWEST_FOR_PROBE) {
      String reason = "%d masks are too few, %d are needed".formatted(masks, FEWEST_FOR_PROBE);
      return List.of(
          Check.notMeasured(
              "A12", subject, text("%.2f %% / %.2f %%", right, chance), trueBand, reason));
    }
    return List.of(
        Check.of("A12", subject + " true", text("%.2f %%", right), trueBand, right >= 75),
        Check.of(
            "A12",
            subject + " permuted",
            text("%.2f %%", chance),
            chanceBand,
            Math.abs(chance - 20) <= 6));
  }
}
