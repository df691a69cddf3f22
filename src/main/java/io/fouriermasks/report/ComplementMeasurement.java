package io.fouriermasks.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.fouriermasks.analysis.ComplementAccuracy;
import io.fouriermasks.analysis.ComplementAccuracy.Subject;
import io.fouriermasks.attack.EvaluationAttack;
import io.fouriermasks.attack.Pgd;
import io.fouriermasks.dataset.EvaluationDataset;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.network.FrozenNetwork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Measures images through the masks of single images and through their complements. */
final class ComplementMeasurement {

  private final Workbench bench;
  private final Architecture architecture;
  private final Variant variant;

  ComplementMeasurement(Workbench bench, Architecture architecture, Variant variant) {
    this.bench = bench;
    this.architecture = architecture;
    this.variant = variant;
  }

  /** The attack that made a study's attacked masks, else the method's. */
  static EvaluationAttack attack(Study study, Architecture architecture) {
    for (StudyImageMask mask : study.imageMasks(architecture, Variant.ATTACKED)) {
      JsonNode attack = mask.meta().path("attack");
      if (attack.isObject()) {
        return new EvaluationAttack(
            new Pgd(
                (float) attack.path("epsNormalised").asDouble(Pgd.PAPER.eps()),
                (float) attack.path("stepNormalised").asDouble(Pgd.PAPER.step()),
                attack.path("steps").asInt(Pgd.PAPER.steps())),
            attack.path("seed").asLong(AnalysisSettings.DEFAULT.seed()));
      }
    }
    return new EvaluationAttack(Pgd.PAPER, AnalysisSettings.DEFAULT.seed());
  }

  /** Empty where masks, model or photographs are not there. */
  Optional<ComplementAccuracy> measure() {
    Study study = bench.study();
    List<StudyImageMask> masks = study.imageMasks(architecture, variant);
    Optional<StudyModel> model = study.model(architecture, variant.augmentation());
    if (masks.isEmpty() || model.isEmpty() || study.testData().isEmpty()) {
      return Optional.empty();
    }
    Map<String, Integer> photographs = photographs(bench.data());
    List<StudyImageMask> known =
        masks.stream().filter(mask -> photographs.containsKey(mask.key())).toList();
    return known.isEmpty()
        ? Optional.empty()
        : Optional.of(bench.with(model.get(), network -> measure(network, known, photographs)));
  }

  /** Index of each photograph in the split by {@code CLASSFOLDER/IMAGE}. */
  static Map<String, Integer> photographs(EvaluationDataset data) {
    Map<String, Integer> indices = new HashMap<>();
    for (int i = 0; i < data.size(); i++) {
      String name = data.file(i).file().getFileName().toString();
      String stem = name.substring(0, name.lastIndexOf('.'));
      indices.put(data.classes().get(data.label(i)) + "/" + stem, i);
    }
    return indices;
  }

  private ComplementAccuracy measure(
      FrozenNetwork network, List<StudyImageMask> masks, Map<String, Integer> photographs) {
    EvaluationDataset data = bench.data();
    boolean needsAttack = variant == Variant.PLAIN || variant == Variant.ATTACKED;
    List<float[]> attacked = needsAttack ? bench.attacked(architecture, network) : List.of();
    List<Subject> subjects = new ArrayList<>();
    for (StudyImageMask mask : masks) {
      int index = photographs.get(mask.key());
      float[] clean = pixels(network, data, index);
      subjects.add(
          switch (variant) {
            case PLAIN -> new Subject(clean, attacked.get(index), mask.mask(), mask.label());
            case ATTACKED -> new Subject(attacked.get(index), null, mask.mask(), mask.label());
            default -> new Subject(clean, null, mask.mask(), mask.label());
          });
    }
    String name = "masks of %s %s".formatted(architecture.cliName(), variant.code());
    try (Progress.Task task = bench.progress().begin(name, subjects.size(), "images")) {
      return ComplementAccuracy.measure(network, subjects, task);
    }
  }

  private static float[] pixels(FrozenNetwork network, EvaluationDataset data, int index) {
    return data.image(index).normalised(network.card().mean(), network.card().std());
  }
}
