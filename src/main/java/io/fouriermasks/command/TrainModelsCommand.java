package io.fouriermasks.command;

import ai.djl.Device;
import io.fouriermasks.dataset.CachedDataset;
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
import io.fouriermasks.network.Weights;
import io.fouriermasks.training.ModelBatch;
import io.fouriermasks.training.ModelEpoch;
import io.fouriermasks.training.ModelSettings;
import io.fouriermasks.training.ModelTrainer;
import io.fouriermasks.training.TrainingListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code train-models}: trains a classifier on a folder of images. */
@Command(
    name = "train-models",
    description = "Trains a classifier on a folder of images, one sub-folder a class.",
    mixinStandardHelpOptions = true)
final class TrainModelsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private DeviceOption device;

  @Option(
      names = "--architecture",
      required = true,
      paramLabel = "NAME",
      description = "compact, resnet or vgg")
  private String architecture;

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
      description = "where ARCHITECTURE_basemodel_n.safetensors is written")
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
      names = "--seed",
      defaultValue = "31",
      paramLabel = "N",
      description = "draws weights, order and augmentation (default: ${DEFAULT-VALUE})")
  private long seed;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Architecture network = architecture();
    if (epochs < 1 || batchSize < 2 || !(learningRate > 0) || !(minCrop > 0 && minCrop <= 1)) {
      throw new UsageException(
          "--model_epochs must be at least 1, --batch_size at least 2, --lr positive and --min_crop"
              + " in (0, 1]");
    }
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
    ModelCard card = ModelCard.of(network, "n", ClassNames.readable(training.classes()));
    Path file = saveFolder.resolve(card.fileName());
    return train(out, target, card, training, testing, file);
  }

  private int train(
      PrintWriter out,
      Device target,
      ModelCard card,
      ImageFolder training,
      ImageFolder testing,
      Path file)
      throws IOException {
    TrainingTransform transform = new TrainingTransform(card.size(), minCrop);
    int total = training.images().size() + testing.images().size();
    CachedDataset trainingImages;
    EvaluationDataset evaluationImages;
    try (Terminal terminal = Terminal.of(out, "decoding", total)) {
      trainingImages =
          CachedDataset.load(training, transform, done -> terminal.update(done, total, ""));
      evaluationImages =
          EvaluationDataset.load(
              testing,
              new EvaluationTransform(card.size()),
              done -> terminal.update(training.images().size() + done, total, ""));
    }
    out.printf(
        "training %s on %d images of %d classes, evaluated on %d, seed %d, device %s%n",
        card.architecture().cliName(),
        trainingImages.size(),
        card.classes().size(),
        evaluationImages.size(),
        seed,
        target);
    out.flush();
    ModelSettings settings = new ModelSettings(epochs, batchSize, learningRate, 0.1, seed);
    long start = System.nanoTime();
    try (TrainingBatches batches =
            new TrainingBatches(
                trainingImages, transform, batchSize, seed, card.mean(), card.std());
        Terminal terminal = Terminal.of(out, "training", (long) epochs * batches.count())) {
      EvaluationBatches evaluation =
          new EvaluationBatches(evaluationImages, 128, card.mean(), card.std());
      Optional<Weights> best =
          new ModelTrainer(target, settings)
              .train(
                  Initialisation.draw(card, seed),
                  batches,
                  evaluation,
                  new Reporter(out, terminal, file));
      out.printf(
          "model %s accuracy %.2f %% epochs %d seconds %.0f%n",
          file,
          100 * best.orElseThrow().card().accuracy().orElseThrow(),
          epochs,
          (System.nanoTime() - start) / 1e9);
    }
    return 0;
  }

  /** Prints progress, and writes the best weights as soon as there are better ones. */
  private record Reporter(PrintWriter out, Terminal terminal, Path file)
      implements TrainingListener {

    @Override
    public void onModelBatch(ModelBatch batch) {
      terminal.update(
          (long) (batch.epoch() - 1) * batch.batches() + batch.batch(),
          (long) batch.epochs() * batch.batches(),
          "loss %.3f".formatted(batch.loss()));
    }

    @Override
    public void onBestWeights(Weights weights) {
      try {
        weights.write(file);
      } catch (IOException e) {
        throw new UncheckedIOException("The weights could not be written to " + file, e);
      }
    }

    @Override
    public void onModelEpoch(ModelEpoch epoch) {
      out.printf(
          "epoch %d of %d: loss %.4f, evaluation loss %.4f, accuracy %.2f %%%s, %.0f s%n",
          epoch.epoch(),
          epoch.epochs(),
          epoch.trainLoss(),
          epoch.evaluationLoss(),
          100 * epoch.accuracy(),
          epoch.best() ? " (best, kept)" : "",
          epoch.seconds());
      out.flush();
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
