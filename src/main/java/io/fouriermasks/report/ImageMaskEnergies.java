package io.fouriermasks.report;

import io.fouriermasks.analysis.EnergyComparison;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.spectrum.Energies;
import io.fouriermasks.spectrum.FrequencyBands;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Energies of the masks of single photographs, photograph by photograph. */
final class ImageMaskEnergies {

  private final Architecture architecture;
  private final Map<Variant, Map<String, Energies>> energies = new LinkedHashMap<>();

  ImageMaskEnergies(Study study, Architecture architecture) {
    this.architecture = architecture;
    Map<Integer, FrequencyBands> bands = new LinkedHashMap<>();
    for (Variant variant : Variant.values()) {
      Map<String, Energies> byImage = new LinkedHashMap<>();
      for (StudyImageMask mask : study.imageMasks(architecture, variant)) {
        byImage.put(
            mask.key(),
            bands.computeIfAbsent(mask.mask().size(), FrequencyBands::of).energies(mask.mask()));
      }
      if (!byImage.isEmpty()) {
        energies.put(variant, byImage);
      }
    }
  }

  /** Adds mean energies, and the shares above the plain model's masks. */
  void addTo(Section.Builder section, List<List<Object>> bands) {
    if (energies.isEmpty()) {
      return;
    }
    Map<Variant, Energies> means = new LinkedHashMap<>();
    energies.forEach((variant, it) -> means.put(variant, mean(it.values())));
    means.forEach(
        (variant, it) ->
            EnergiesAnalysis.addBands(bands, architecture, "image", variant.code(), it));
    section.add(EnergyCharts.imageMasks(architecture, means));
    Map<Variant, Energies> above = new LinkedHashMap<>();
    for (Variant variant : energies.keySet()) {
      if (variant != Variant.PLAIN) {
        above(variant, above);
      }
    }
    above.forEach(
        (variant, it) ->
            EnergiesAnalysis.addBands(bands, architecture, "above", variant.code(), it));
    if (above.isEmpty()) {
      section.missing(
          "To compare photographs, masks of the plain model and of another variant are needed. "
              + Missing.imageMasks(architecture, Variant.ADVERSARIAL));
    } else {
      section.add(EnergyCharts.above(architecture, above));
    }
  }

  private void above(Variant variant, Map<Variant, Energies> above) {
    Map<String, Energies> plain = energies.getOrDefault(Variant.PLAIN, Map.of());
    List<Energies> masks = new ArrayList<>();
    List<Energies> baselines = new ArrayList<>();
    energies
        .get(variant)
        .forEach(
            (image, it) -> {
              if (plain.containsKey(image)) {
                masks.add(it);
                baselines.add(plain.get(image));
              }
            });
    if (!masks.isEmpty()) {
      above.put(variant, EnergyComparison.shareAbove(masks, baselines));
    }
  }

  private static Energies mean(Collection<Energies> all) {
    Energies mean =
        new Energies(new double[FrequencyBands.COUNT], new double[FrequencyBands.COUNT]);
    for (Energies one : all) {
      for (int band = 0; band < FrequencyBands.COUNT; band++) {
        mean.radial()[band] += one.radial()[band] / all.size();
        mean.angular()[band] += one.angular()[band] / all.size();
      }
    }
    return mean;
  }
}
