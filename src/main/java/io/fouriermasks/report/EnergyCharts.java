package io.fouriermasks.report;

import io.fouriermasks.dataset.Augmentation;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.spectrum.Energies;
import io.fouriermasks.spectrum.FrequencyBands;
import java.util.Locale;
import java.util.Map;

/** Curves over the frequency bands. */
final class EnergyCharts {

  static final String RADIAL = "radial band, 1.41 cycles per image each";
  static final String ANGULAR = "angular band, 5.6 degrees each, from the right upwards";
  private static final int LAST = FrequencyBands.COUNT - 1;

  private EnergyCharts() {}

  static Figure energies(
      Architecture architecture, Map<Augmentation, Energies> energies, boolean radial) {
    LineChart chart = new LineChart(radial ? RADIAL : ANGULAR, "energy, L2 norm").level(0, LAST, 0);
    energies.forEach(
        (augmentation, it) ->
            chart.line(
                augmentation.code(),
                radial ? it.radial() : it.angular(),
                Palette.of(augmentation)));
    String direction = radial ? "radial" : "angular";
    return new Figure(
        "energies_%s_%s".formatted(direction, architecture.cliName()),
        Figure.Media.SVG,
        chart.svg(),
        LineChart.WIDTH,
        "%s energy of the whole-model masks of %s"
            .formatted(radial ? "Radial" : "Angular", architecture.cliName()),
        radial
            ? "L2 norm of the normalised mask in each ring, from the zero frequency (0) to the"
                + " corners (63)."
            : "L2 norm of the normalised mask in each sector: 0 and 32 are horizontal frequencies,"
                + " 16 and 48 vertical ones.",
        "Curves of %d masks; every value is in tables/energies.csv.".formatted(energies.size()));
  }

  static Figure differences(Architecture architecture, Map<Augmentation, Energies> differences) {
    LineChart chart = new LineChart(RADIAL, "difference of energy from n").level(0, LAST, 0);
    differences.forEach(
        (augmentation, it) ->
            chart.line(augmentation.code() + " - n", it.radial(), Palette.of(augmentation)));
    return new Figure(
        "energy_differences_" + architecture.cliName(),
        Figure.Media.SVG,
        chart.svg(),
        LineChart.WIDTH,
        "Radial energy minus that of n, " + architecture.cliName(),
        "Above zero: more energy in that ring than the plain model's mask. In the published study adv"
            + " - n falls through zero near band 20, and rn - n rises.",
        "Where each curve changes its sign is in the table of differences.");
  }

  static Figure imageMasks(Architecture architecture, Map<Variant, Energies> means) {
    LineChart chart = new LineChart(RADIAL, "mean energy, L2 norm").level(0, LAST, 0);
    means.forEach((variant, it) -> chart.line(variant.code(), it.radial(), Palette.of(variant)));
    return new Figure(
        "image_mask_energies_" + architecture.cliName(),
        Figure.Media.SVG,
        chart.svg(),
        LineChart.WIDTH,
        "Mean radial energy of the masks of single photographs, " + architecture.cliName(),
        "L2 norm of the normalised mask in each ring, averaged over the photographs.",
        "Curves of %d variants; every value is in tables/energies.csv.".formatted(means.size()));
  }

  static Figure above(Architecture architecture, Map<Variant, Energies> above) {
    LineChart chart =
        new LineChart(RADIAL, "share of photographs").between(0, 1).level(0, LAST, 0.5);
    StringBuilder low = new StringBuilder();
    above.forEach(
        (variant, it) -> {
          chart.line(variant.code(), it.radial(), Palette.of(variant));
          low.append(String.format(Locale.ROOT, " %s %.2f;", variant.code(), it.radial()[0]));
        });
    return new Figure(
        "image_masks_above_" + architecture.cliName(),
        Figure.Media.SVG,
        chart.svg(),
        LineChart.WIDTH,
        "Photographs whose mask has more energy than under the plain model, "
            + architecture.cliName(),
        "Per ring, the share of photographs whose mask in that variant has more energy than the same"
            + " photograph's mask in the variant n. Above 0.5 most have more. Published for adv: at"
            + " least 0.85 in the bands 0 to 5.",
        "Shares in the innermost ring:" + low);
  }
}
