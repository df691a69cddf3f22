package io.fouriermasks.report;

import io.fouriermasks.dataset.Augmentation;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.spectrum.ColorMap;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.spectrum.MaskPicture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pictures of masks side by side, all on one scale. */
final class MaskSheets {

  private static final ColorMap MAP = ColorMap.TURBO;
  private static final int EXAMPLES = 5;
  private static final String HOW_TO_READ =
      "The zero frequency is in the middle, horizontal frequencies to the right, vertical ones"
          + " upwards; one pixel is one cycle per image. Dark red (1) passes in full, almost black (0)"
          + " is removed.";

  private MaskSheets() {}

  static byte[] png(FourierMask mask) {
    return MaskPicture.png(mask, MAP, true);
  }

  static List<String> codes() {
    return Arrays.stream(Augmentation.values()).map(Augmentation::code).toList();
  }

  /** One row an architecture, one column an augmentation. */
  static Figure modelMasks(Study study) {
    List<Architecture> rows =
        study.architectures().stream().filter(a -> !study.modelMasks(a).isEmpty()).toList();
    Sheet sheet = new Sheet(codes(), rows.stream().map(Architecture::cliName).toList(), true);
    StringBuilder means = new StringBuilder();
    for (StudyMask mask : study.modelMasks()) {
      sheet.put(rows.indexOf(mask.architecture()), mask.augmentation().ordinal(), png(mask.mask()));
      means.append(" %s %.3f;".formatted(mask.name(), mask.mask().sparsity()));
    }
    return sheet
        .scale("mask value", MAP, 0, 1)
        .figure(
            "model_masks",
            "Whole-model masks",
            "One mask for each training of each architecture. " + HOW_TO_READ,
            "Masks as colour maps. Their means:" + means);
  }

  /** One row a class, one column an augmentation. */
  static Figure classMasks(Study study, Architecture architecture) {
    List<StudyMask> masks = study.classMasks(architecture);
    List<String> folders =
        masks.stream().map(mask -> mask.classFolder().orElseThrow()).distinct().sorted().toList();
    List<String> names =
        folders.stream()
            .map(
                folder ->
                    masks.stream()
                        .filter(mask -> folder.equals(mask.classFolder().orElseThrow()))
                        .map(mask -> mask.meta().path("class").asText(folder))
                        .findFirst()
                        .orElse(folder))
            .toList();
    Sheet sheet = new Sheet(codes(), names, true);
    for (StudyMask mask : masks) {
      sheet.put(
          folders.indexOf(mask.classFolder().orElseThrow()),
          mask.augmentation().ordinal(),
          png(mask.mask()));
    }
    return sheet
        .scale("mask value", MAP, 0, 1)
        .figure(
            "class_masks_" + architecture.cliName(),
            "Class masks of " + architecture.cliName(),
            "One mask for each class (row) and training (column). " + HOW_TO_READ,
            "Masks of the classes %s as colour maps; their numbers are in the table of class masks."
                .formatted(String.join(", ", names)));
  }

  /** Some photographs with their masks in every variant. */
  static Optional<Figure> imageMasks(Workbench bench, Architecture architecture) {
    Study study = bench.study();
    List<Variant> variants =
        Arrays.stream(Variant.values())
            .filter(variant -> !study.imageMasks(architecture, variant).isEmpty())
            .toList();
    if (variants.isEmpty()) {
      return Optional.empty();
    }
    List<StudyImageMask> first = study.imageMasks(architecture, variants.get(0));
    List<StudyImageMask> examples = spread(first);
    boolean photographs = study.testData().isPresent();
    List<String> columns = new ArrayList<>(photographs ? List.of("photograph") : List.of());
    variants.forEach(variant -> columns.add(variant.code()));
    Sheet sheet =
        new Sheet(columns, examples.stream().map(StudyImageMask::classFolder).toList(), false);
    Map<String, Integer> indices =
        photographs ? ComplementMeasurement.photographs(bench.data()) : Map.of();
    for (int row = 0; row < examples.size(); row++) {
      String key = examples.get(row).key();
      if (indices.containsKey(key)) {
        sheet.put(row, 0, bench.data().image(indices.get(key)));
      }
      for (int i = 0; i < variants.size(); i++) {
        int column = i + (photographs ? 1 : 0);
        for (StudyImageMask mask : study.imageMasks(architecture, variants.get(i))) {
          if (mask.key().equals(key)) {
            sheet.put(row, column, png(mask.mask()));
          }
        }
      }
    }
    return Optional.of(
        sheet
            .scale("mask value", MAP, 0, 1)
            .figure(
                "image_masks_" + architecture.cliName(),
                "Masks of some photographs under " + architecture.cliName(),
                "One photograph a row, one variant a column: n is the plain network, adv, sn, tn and"
                    + " rn the networks of the other trainings, attacked the plain network on the"
                    + " attacked photograph. "
                    + HOW_TO_READ,
                "Masks of %d of %d photographs as colour maps; their means are in the table."
                    .formatted(examples.size(), first.size())));
  }

  private static List<StudyImageMask> spread(List<StudyImageMask> masks) {
    int count = Math.min(EXAMPLES, masks.size());
    List<StudyImageMask> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      some.add(masks.get(i * masks.size() / count));
    }
    return some;
  }
}
