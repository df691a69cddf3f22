package io.fouriermasks.command;

import ai.djl.Device;
import io.fouriermasks.dataset.ImageFolder;
import io.fouriermasks.dataset.InvalidDatasetException;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.training.ModelMaskSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code train-masks}: one Fourier mask for each model, or for each class of each model. */
@Command(
    name = "train-masks",
    description =
        "Trains the Fourier mask of each model of a folder; writes ARCHITECTURE_mask_AUGMENTATION"
            + ".npz and .png. What is there is skipped, what was interrupted goes on.",
    mixinStandardHelpOptions = true)
final class TrainMasksCommand implements Callable<Integer> {

  private final Supplier<Interruption> interruptions;

  @Spec private CommandSpec spec;

  @Mixin private ModelFolder models;

  @Mixin private DeviceOption device;

  @Option(
      names = {"--mask_save_folder", "--mask-save-folder"},
      required = true,
      paramLabel = "DIR",
      description = "where the masks are written")
  private Path folder;

  @Option(
      names = {"--test_data", "--test-data"},
      required = true,
      paramLabel = "DIR",
      description = "folder of the evaluation split: DIR/CLASS/*.jpg")
  private Path testData;

  @Option(
      names = {"--per-class", "--per_class"},
      description = "one mask for each class, over its images, instead of one over all")
  private boolean perClass;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description =
          "paper: one image a step, the published scripts' settings; minibatch: --batch_size images"
              + " a step, the learning rate multiplied by it (default: as --batch_size says)")
  private String preset;

  @Option(
      names = {"--batch_size", "--batch-size"},
      defaultValue = "1",
      paramLabel = "N",
      description = "images an optimiser step (default: ${DEFAULT-VALUE})")
  private int batchSize;

  @Option(
      names = {"--mask_epochs", "--mask-epochs"},
      defaultValue = "100",
      paramLabel = "N",
      description = "passes over the images at most (default: ${DEFAULT-VALUE})")
  private int epochs;

  @Option(
      names = "--lr",
      defaultValue = "0.001",
      paramLabel = "RATE",
      description = "peak learning rate at one image a step (default: ${DEFAULT-VALUE})")
  private double learningRate;

  @Option(
      names = "--seed",
      defaultValue = "31",
      paramLabel = "N",
      description = "draws the order of the images (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = {"--accuracy_ratio", "--accuracy-ratio"},
      defaultValue = "0.99",
      paramLabel = "SHARE",
      description =
          "share of the accuracy without mask that an epoch must keep for its mask to be the result;"
              + " with a hundred images one error more is already over 1 %% (default:"
              + " ${DEFAULT-VALUE}, the method's)")
  private double accuracyRatio;

  @Option(
      names = {"--held_out", "--held-out"},
      defaultValue = "0",
      paramLabel = "SHARE",
      description =
          "share of the images that the masks are not trained on; the accuracy without and through"
              + " each mask is measured on them too (default: ${DEFAULT-VALUE}, as the method does)")
  private double heldOut;

  @Mixin private LongRun.Options runs;

  TrainMasksCommand() {
    this(Interruption::ofProcess);
  }

  /** With another source of interruptions than the signals to this process. */
  TrainMasksCommand(Supplier<Interruption> interruptions) {
    this.interruptions = interruptions;
  }

  @Override
  public Integer call() throws IOException {
    settings(); // a wrong option is said before anything is read
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new UsageException("--mask_save_folder: %s is no folder".formatted(folder));
    }
    EvaluationSplit images = EvaluationSplit.open(testData);
    List<MaskWork> open = open(works(images));
    if (open.isEmpty()) {
      return 0;
    }
    Device target = device.get();
    Files.createDirectories(folder);
    try (Interruption interruption = interruptions.get()) {
      int size = open.get(0).model().card().size();
      return run(open, decode(images, size), images.name(), target, runs.of(interruption, spec));
    }
  }

  private int run(List<MaskWork> open, MaskWork.Data data, String split, Device target, LongRun run)
      throws IOException {
    ModelMaskSettings settings = settings();
    Map<ModelFolder.Found, List<MaskWork>> byModel = new LinkedHashMap<>();
    open.forEach(
        work -> byModel.computeIfAbsent(work.model(), model -> new ArrayList<>()).add(work));
    for (Map.Entry<ModelFolder.Found, List<MaskWork>> entry : byModel.entrySet()) {
      try (FrozenNetwork network = FrozenNetwork.of(entry.getKey().weights(), target)) {
        for (MaskWork work : entry.getValue()) {
          if (!work.run(network, data, split, settings, run)) {
            return Interruption.EXIT_CODE;
          }
        }
      }
    }
    return 0;
  }

  private MaskWork.Data decode(EvaluationSplit images, int size) {
    PrintWriter out = spec.commandLine().getOut();
    if (heldOut == 0) {
      return new MaskWork.Data(images.decode(size, out), Optional.empty());
    }
    try {
      ImageFolder.Parts parts = images.images().holdOut(heldOut, seed);
      return new MaskWork.Data(
          EvaluationSplit.decode(parts.rest(), size, out),
          Optional.of(EvaluationSplit.decode(parts.heldOut(), size, out)));
    } catch (InvalidDatasetException e) {
      throw new UsageException("--held_out: " + e.getMessage(), e);
    }
  }

  private ModelMaskSettings settings() {
    if (batchSize < 1 || epochs < 1 || !(learningRate > 0)) {
      throw new UsageException(
          "--batch_size and --mask_epochs must be at least 1, --lr must be positive");
    }
    if (!(heldOut >= 0 && heldOut < 1)) {
      throw new UsageException("--held_out must be in [0, 1), such as 0.5");
    }
    String paper = ModelMaskSettings.PAPER.preset();
    if (preset != null && !List.of(paper, ModelMaskSettings.MINIBATCH).contains(preset)) {
      throw new UsageException(
          "--preset: there is no preset '%s'; use paper or minibatch".formatted(preset));
    }
    if (paper.equals(preset) && batchSize > 1) {
      throw new UsageException(
          ("--preset paper has one image a step, --batch_size %d contradicts it; use --preset"
                  + " minibatch")
              .formatted(batchSize));
    }
    if (ModelMaskSettings.MINIBATCH.equals(preset) && batchSize == 1) {
      throw new UsageException(
          "--preset minibatch needs a --batch_size of at least 2, such as --batch_size 16");
    }
    if (!(accuracyRatio > 0 && accuracyRatio <= 1)) {
      throw new UsageException("--accuracy_ratio must be in (0, 1], such as 0.99");
    }
    ModelMaskSettings settings =
        ModelMaskSettings.PAPER
            .withEpochs(epochs)
            .withMaxLearningRate(learningRate)
            .withAccuracyRatio(accuracyRatio)
            .withSeed(seed);
    return batchSize == 1 ? settings : settings.minibatch(batchSize);
  }

  private List<MaskWork> works(EvaluationSplit images) throws IOException {
    List<MaskWork> works = new ArrayList<>();
    for (ModelFolder.Found model : models.models()) {
      images.requireClassesOf(model);
      if (perClass) {
        List<String> classes = images.images().classes();
        for (int label = 0; label < classes.size(); label++) {
          works.add(MaskWork.ofClass(model, label, classes.get(label), folder));
        }
      } else {
        works.add(MaskWork.ofModel(model, folder));
      }
    }
    return works;
  }

  private List<MaskWork> open(List<MaskWork> works) {
    PrintWriter out = spec.commandLine().getOut();
    List<MaskWork> open = new ArrayList<>();
    for (MaskWork work : works) {
      if (work.isDone()) {
        out.printf("mask %s is there: skipped%n", work.file());
      } else {
        open.add(work);
      }
    }
    out.flush();
    return open;
  }
}
