package io.fouriermasks.command;

import ai.djl.Device;
import io.fouriermasks.attack.Pgd;
import io.fouriermasks.dataset.Augmentation;
import io.fouriermasks.dataset.CachedDataset;
import io.fouriermasks.dataset.ClassNames;
import io.fouriermasks.dataset.EvaluationBatches;
import io.fouriermasks.dataset.EvaluationDataset;
import io.fouriermasks.dataset.EvaluationTransform;
import io.fouriermasks.dataset.ImageFolder;
import io.fouriermasks.dataset.InvalidDatasetException;
import io.fouriermasks.dataset.TrainingBatches;
import io.fouriermasks.dataset.TrainingTransform;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.network.Initialisation;
import io.fouriermasks.network.ModelCard;
import io.fouriermasks.training.ModelSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code train-models}: trains classifiers on a folder of images, one for each augmentation. */
@Command(
    name = "train-models",
    description =
        "Trains classifiers on a folder of images, one sub-folder a class. A model that is there is"
            + " skipped, one that was interrupted goes on.",
    mixinStandardHelpOptions = true)
final class TrainModelsCommand implements Callable<Integer> {

  /** Side of the networks' input in pixels. */
  private static final int SIDE = 128;

  private final Supplier<Interruption> interruptions;

  @Spec private CommandSpec spec;

  @Mixin private DeviceOption device;

  @Option(
      names = "--architecture",
      required = true,
      paramLabel = "NAME",
      description = "compact, resnet or vgg")
  private String architecture;

  @Option(
      names = "--augmentation",
      defaultValue = "n",
      paramLabel = "LIST",
      description =
          "n (crop and flip), adv (adversarial training), sn (scale), tn (translation), rn"
              + " (rotation), several with commas, or all (default: ${DEFAULT-VALUE})")
  private String augmentations;

  @Option(
      names = {"--training_data", "--training-data"},
      required = true,
      paramLabel = "DIR",
      description = "folder of the training split: DIR/CLASS/*.jpg")
  private Path trainingData;

  @Option(
      names = {"--test_data", "--test-data"},
      required = true,
      paramLabel = "DIR",
      description = "folder of the evaluation split, with the same classes")
  private Path testData;

  @Option(
      names = {"--model_save_folder", "--model-save-folder"},
      required = true,
      paramLabel = "DIR",
      description = "where ARCHITECTURE_basemodel_AUGMENTATION.safetensors is written")
  private Path saveFolder;

  @Option(
      names = {"--model_epochs", "--model-epochs"},
      defaultValue = "50",
      paramLabel = "N",
      description = "passes over the training split (default: ${DEFAULT-VALUE})")
  private int epochs;

  @Option(
      names = {"--batch_size", "--batch-size"},
      defaultValue = "128",
      paramLabel = "N",
      description = "images an optimiser step (default: ${DEFAULT-VALUE})")
  private int batchSize;

  @Option(
      names = "--lr",
      defaultValue = "0.001",
      paramLabel = "RATE",
      description = "peak learning rate (default: ${DEFAULT-VALUE})")
  private double learningRate;

  @Option(
      names = {"--min_crop", "--min-crop"},
      defaultValue = "0.08",
      paramLabel = "SHARE",
      description =
          "smallest share of a training image that a random crop keeps (default: ${DEFAULT-VALUE},"
              + " the method's)")
  private double minCrop;

  @Option(
      names = {"--held_out", "--held-out"},
      defaultValue = "0",
      paramLabel = "SHARE",
      description =
          "share of the training split that is not learned from, and on which the best epoch is"
              + " chosen; with 0 it is chosen on --test_data, as the method does (default:"
              + " ${DEFAULT-VALUE})")
  private double heldOut;

  @Mixin private AttackOptions attack;

  @Option(
      names = "--seed",
      defaultValue = "31",
      paramLabel = "N",
      description = "draws weights, order and augmentation (default: ${DEFAULT-VALUE})")
  private long seed;

  @Mixin private LongRun.Options runs;

  TrainModelsCommand() {
    this(Interruption::ofProcess);
  }

  /** With another source of interruptions than the signals to this process. */
  TrainModelsCommand(Supplier<Interruption> interruptions) {
    this.interruptions = interruptions;
  }

  @Override
  public Integer call() throws IOException {
    Architecture network = architecture();
    List<Augmentation> wanted = augmentations();
    requireNumbers();
    ImageFolder training = folder("--training_data", trainingData);
    ImageFolder testing = folder("--test_data", testData);
    if (!training.classes().equals(testing.classes())) {
      throw new UsageException(
          "The classes of --training_data %s and --test_data %s differ"
              .formatted(training.classes(), testing.classes()));
    }
    if (Files.exists(saveFolder) && !Files.isDirectory(saveFolder)) {
      throw new UsageException("--model_save_folder: %s is no folder".formatted(saveFolder));
    }
    Device target = device.get();
    List<String> classes = ClassNames.readable(training.classes());
    PrintWriter out = spec.commandLine().getOut();
    List<Augmentation> missing = new ArrayList<>();
    for (Augmentation augmentation : wanted) {
      Path file =
          saveFolder.resolve(ModelCard.of(network, augmentation.code(), classes).fileName());
      if (Files.exists(file)) {
        out.printf("model %s is there: skipped%n", file);
      } else {
        missing.add(augmentation);
      }
    }
    if (missing.isEmpty()) {
      return 0;
    }
    Files.createDirectories(saveFolder);
    try (Interruption interruption = interruptions.get()) {
      Splits splits = decode(training, testing);
      for (Augmentation augmentation : missing) {
        ModelCard card = ModelCard.of(network, augmentation.code(), classes);
        if (!train(target, card, augmentation, splits, runs.of(interruption, spec))) {
          return Interruption.EXIT_CODE;
        }
      }
    }
    return 0;
  }

  /**
   * The decoded photographs, which all models share.
   *
   * @param training what is learned from
   * @param choice on which the best epoch is chosen
   * @param test on which the chosen epoch is judged; it may be the same
   */
  private record Splits(CachedDataset training, EvaluationDataset choice, EvaluationDataset test) {}

  private Splits decode(ImageFolder training, ImageFolder testing) {
    int total = training.images().size() + testing.images().size();
    EvaluationTransform transform = new EvaluationTransform(SIDE);
    try (Terminal terminal = Terminal.of(spec.commandLine().getOut(), "decoding", total)) {
      IntConsumer progress = done -> terminal.update(done, total, "");
      EvaluationDataset test = EvaluationDataset.load(testing, transform, progress);
      if (heldOut == 0) {
        return new Splits(
            CachedDataset.load(training, new TrainingTransform(SIDE), progress), test, test);
      }
      ImageFolder.Parts parts = training.holdOut(heldOut, seed);
      return new Splits(
          CachedDataset.load(parts.rest(), new TrainingTransform(SIDE), progress),
          EvaluationDataset.load(parts.heldOut(), transform, progress),
          test);
    } catch (InvalidDatasetException e) {
      throw new UsageException("--training_data, --test_data: " + e.getMessage(), e);
    }
  }

  private boolean train(
      Device target, ModelCard card, Augmentation augmentation, Splits splits, LongRun run)
      throws IOException {
    run.say(
        "training %s %s on %d images of %d classes, evaluated on %d, seed %d, device %s",
        card.architecture().cliName(),
        card.augmentation(),
        splits.training().size(),
        card.classes().size(),
        splits.test().size(),
        seed,
        target);
    Optional<Pgd> adversary =
        augmentation == Augmentation.ADVERSARIAL ? Optional.of(attack.pgd()) : Optional.empty();
    ModelSettings settings =
        new ModelSettings(epochs, batchSize, learningRate, 0.1, seed, adversary);
    TrainingTransform transform = new TrainingTransform(card.size(), minCrop, augmentation);
    try (TrainingBatches batches =
        new TrainingBatches(
            splits.training(), transform, batchSize, seed, card.mean(), card.std())) {
      EvaluationBatches choice = batches(card, splits.choice());
      Optional<EvaluationBatches> test =
          heldOut == 0 ? Optional.empty() : Optional.of(batches(card, splits.test()));
      return new ModelTraining(target, settings, saveFolder, run)
          .run(Initialisation.draw(card, seed), batches, choice, test);
    }
  }

  private static EvaluationBatches batches(ModelCard card, EvaluationDataset data) {
    return new EvaluationBatches(data, 128, card.mean(), card.std());
  }

  private void requireNumbers() {
    if (epochs < 1 || batchSize < 2 || !(learningRate > 0) || !(minCrop > 0 && minCrop <= 1)) {
      throw new UsageException(
          "--model_epochs must be at least 1, --batch_size at least 2, --lr positive and --min_crop"
              + " in (0, 1]");
    }
    if (!(heldOut >= 0 && heldOut < 1)) {
      throw new UsageException("--held_out must be in [0, 1), such as 0.1");
    }
    attack.pgd(); // a wrong option is said before anything is read
  }

  private List<Augmentation> augmentations() {
    try {
      return Augmentation.list(augmentations);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--augmentation: " + e.getMessage(), e);
    }
  }

  private Architecture architecture() {
    try {
      return Architecture.of(architecture);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--architecture: " + e.getMessage(), e);
    }
  }

  private static ImageFolder folder(String option, Path path) {
    try {
      return ImageFolder.open(path);
    } catch (InvalidDatasetException e) {
      throw new UsageException(option + ": " + e.getMessage(), e);
    }
  }
}
