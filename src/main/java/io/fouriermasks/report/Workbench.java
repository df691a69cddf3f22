package io.fouriermasks.report;

import ai.djl.Device;
import io.fouriermasks.analysis.ComplementAccuracy;
import io.fouriermasks.analysis.LinearProbe;
import io.fouriermasks.analysis.Reliability;
import io.fouriermasks.dataset.Batch;
import io.fouriermasks.dataset.EvaluationBatches;
import io.fouriermasks.dataset.EvaluationDataset;
import io.fouriermasks.dataset.EvaluationTransform;
import io.fouriermasks.dataset.InvalidDatasetException;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.ModelCard;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A study with what its analyses share: photographs decoded once, and measurements that several of
 * them show made once. For one thread.
 */
public final class Workbench {

  private static final int SIZE = 128;
  private static final int AT_ONCE = 64;

  private final Study study;
  private final Supplier<Device> device;
  private final AnalysisSettings settings;
  private final Progress progress;
  private final Map<StudyMask, Optional<Reliability>> reliabilities = new HashMap<>();
  private final Map<String, Optional<ComplementAccuracy>> complements = new HashMap<>();
  private final Map<String, Optional<Probes>> probes = new HashMap<>();
  private final Map<Architecture, List<float[]>> attacked = new EnumMap<>(Architecture.class);
  private EvaluationDataset data;

  /**
   * @param study what is analysed
   * @param device where networks run; asked when the first one is needed
   * @param settings what long analyses may cost
   * @param progress told of everything that takes long
   */
  public Workbench(
      Study study, Supplier<Device> device, AnalysisSettings settings, Progress progress) {
    this.study = study;
    this.device = device;
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * A probe of the true labels and one of the same labels permuted.
   *
   * @param masks that were classified
   * @param trueLabels with the classes of the photographs
   * @param permuted with the same labels in one random order
   */
  record Probes(List<StudyImageMask> masks, LinearProbe trueLabels, LinearProbe permuted) {}

  Study study() {
    return study;
  }

  AnalysisSettings settings() {
    return settings;
  }

  Progress progress() {
    return progress;
  }

  /** Where networks run; loads libtorch. */
  Device device() {
    return device.get();
  }

  /** The decoded evaluation split; only if the study has one. */
  EvaluationDataset data() {
    if (data == null) {
      var folder = study.testData().orElseThrow();
      try (Progress.Task task = progress.begin("decoding", folder.images().size(), "images")) {
        data = EvaluationDataset.load(folder, new EvaluationTransform(SIZE), task::onProgress);
      } catch (InvalidDatasetException e) {
        throw new InvalidStudyException(StudyFolders.Part.TEST_DATA, e.getMessage(), e);
      }
    }
    return data;
  }

  /** Loads a network, uses it and frees it. */
  <T> T with(StudyModel model, Function<FrozenNetwork, T> use) {
    try (FrozenNetwork network = FrozenNetwork.of(model.weights(), device.get())) {
      return use.apply(network);
    }
  }

  /** All photographs in batches, as a network takes them. */
  Iterable<Batch> batches(ModelCard card) {
    return new EvaluationBatches(data(), AT_ONCE, card.mean(), card.std());
  }

  /** Some photographs, drawn evenly by class: the same for every network. */
  Batch sample(ModelCard card) {
    return Sample.draw(data(), settings.sampleImages(), settings.seed()).batch(data(), card);
  }

  /** Accuracy through a whole-model mask; empty without its model or without photographs. */
  Optional<Reliability> reliability(StudyMask mask) {
    return reliabilities.computeIfAbsent(mask, this::measureReliability);
  }

  private Optional<Reliability> measureReliability(StudyMask mask) {
    if (study.testData().isEmpty()) {
      return Optional.empty();
    }
    return study
        .model(mask.architecture(), mask.augmentation())
        .map(
            model ->
                with(
                    model,
                    network -> {
                      String name = "accuracy of " + model.name();
                      try (Progress.Task task = progress.begin(name, data().size(), "images")) {
                        return Reliability.measure(
                            network, mask.mask(), batches(model.card()), task);
                      }
                    }));
  }

  /** The whole split attacked through the plain network of an architecture. */
  List<float[]> attacked(Architecture architecture, FrozenNetwork plain) {
    return attacked.computeIfAbsent(architecture, key -> attack(architecture, plain));
  }

  private List<float[]> attack(Architecture architecture, FrozenNetwork plain) {
    ModelCard card = plain.card();
    List<float[]> images =
        IntStream.range(0, data().size())
            .mapToObj(i -> data().image(i).normalised(card.mean(), card.std()))
            .toList();
    int[] labels = IntStream.range(0, images.size()).map(data()::label).toArray();
    String name = "attacking " + architecture.cliName();
    try (Progress.Task task = progress.begin(name, images.size(), "images")) {
      return ComplementMeasurement.attack(study, architecture)
          .attack(plain, images, labels, task::onProgress);
    }
  }

  /** Accuracies through single-image masks; empty where something is not there. */
  Optional<ComplementAccuracy> complement(Architecture architecture, Variant variant) {
    return complements.computeIfAbsent(
        key(architecture, variant),
        key -> new ComplementMeasurement(this, architecture, variant).measure());
  }

  /** Linear classifiers of single-image masks; empty with fewer than {@link #FEWEST_MASKS}. */
  Optional<Probes> probes(Architecture architecture, Variant variant) {
    return probes.computeIfAbsent(
        key(architecture, variant), key -> trainProbes(architecture, variant));
  }

  /** So many masks are needed to hold some out. */
  static final int FEWEST_MASKS = 10;

  private Optional<Probes> trainProbes(Architecture architecture, Variant variant) {
    List<StudyImageMask> masks = study.imageMasks(architecture, variant);
    if (masks.size() < FEWEST_MASKS) {
      return Optional.empty();
    }
    List<String> folders = study.classFolders();
    int[] labels = masks.stream().mapToInt(mask -> folders.indexOf(mask.classFolder())).toArray();
    var paper = LinearProbe.Settings.paper(settings.seed());
    var planes = masks.stream().map(StudyImageMask::mask).toList();
    String name = "probe of %s %s".formatted(architecture.cliName(), variant.code());
    try (Progress.Task task = progress.begin(name, paper.epochs(), "epochs")) {
      LinearProbe trueLabels = LinearProbe.train(planes, labels, folders.size(), paper, task);
      int[] permuted = LinearProbe.permuted(labels, settings.seed());
      LinearProbe chance = LinearProbe.train(planes, permuted, folders.size(), paper, task);
      return Optional.of(new Probes(masks, trueLabels, chance));
    }
  }

  private static String key(Architecture architecture, Variant variant) {
    return architecture.cliName() + " " + variant.code();
  }
}
