package io.fouriermasks.job;

import ai.djl.Device;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.attack.Pgd;
import io.fouriermasks.dataset.Augmentation;
import io.fouriermasks.dataset.CachedDataset;
import io.fouriermasks.dataset.ClassNames;
import io.fouriermasks.dataset.EvaluationBatches;
import io.fouriermasks.dataset.EvaluationDataset;
import io.fouriermasks.dataset.TrainingBatches;
import io.fouriermasks.dataset.TrainingTransform;
import io.fouriermasks.job.data.Dataset;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.network.Devices;
import io.fouriermasks.network.DurableFile;
import io.fouriermasks.network.Initialisation;
import io.fouriermasks.network.ModelCard;
import io.fouriermasks.network.Weights;
import io.fouriermasks.store.DeletedFiles;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.UserStorage;
import io.fouriermasks.store.WeightFiles;
import io.fouriermasks.training.Checkpoint;
import io.fouriermasks.training.ModelRecord;
import io.fouriermasks.training.ModelSettings;
import io.fouriermasks.training.ModelTrainer;
import io.fouriermasks.training.NonFiniteLossException;
import io.fouriermasks.training.TrainedModel;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Trains a network and puts it into {@code DATA/models/FAMILY}. */
@Singleton
class ModelJob {

  private static final double WARM_UP = 0.1;

  /** Images of the evaluation split in one pass. */
  static final int EVALUATED_AT_ONCE = 128;

  private final EngineLoader engine;
  private final SplitLoader splits;
  private final ModelCatalogue catalogue;
  private final WeightFiles files;
  private final JobFolders folders;
  private final JobOutput.Opener outputs;
  private final UserStorage storage;
  private final DeletedFiles deleted;
  private final ObjectMapper json;
  private final String version;

  ModelJob(
      EngineLoader engine,
      SplitLoader splits,
      ModelCatalogue catalogue,
      WeightFiles files,
      JobFolders folders,
      JobOutput.Opener outputs,
      UserStorage storage,
      DeletedFiles deleted,
      ObjectMapper json,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.engine = engine;
    this.splits = splits;
    this.catalogue = catalogue;
    this.files = files;
    this.folders = folders;
    this.outputs = outputs;
    this.storage = storage;
    this.deleted = deleted;
    this.json = json;
    this.version = version;
  }

  /**
   * Does the work on the calling thread.
   *
   * @return whether the model is there; false if the training was stopped
   * @throws JobFailedException if it cannot be done, with a message for the user
   * @throws java.util.concurrent.CancellationException if it was stopped before the training
   */
  boolean run(Job job, JobSpecification.TrainModel specification, BooleanSupplier isStopped) {
    Path file = catalogue.file(specification);
    if (!Files.exists(file)) {
      files.bring(file);
    }
    if (Files.exists(file)) {
      if (isOf(job, file)) {
        catalogue.refresh();
        return true; // the program ended between the last step and the job's end
      }
      throw new JobFailedException(
          "There is a model %s already, and masks may belong to it; choose another family."
              .formatted(job.model()));
    }
    try (JobOutput output = outputs.open(job)) {
      return train(job, specification, file, output, isStopped);
    }
  }

  private boolean train(
      Job job,
      JobSpecification.TrainModel asked,
      Path file,
      JobOutput output,
      BooleanSupplier isStopped) {
    Augmentation augmentation = Augmentation.of(asked.augmentation());
    SplitLoader.Reader reader = new SplitLoader.Reader(output, isStopped);
    int side = ModelCard.SIZE;
    CachedDataset training = splits.training(asked.dataset(), Dataset.TRAIN, side, reader);
    EvaluationDataset evaluation = splits.evaluation(asked.dataset(), Dataset.VAL, side, reader);
    ModelCard card =
        ModelCard.of(
            Architecture.of(asked.architecture()),
            augmentation.code(),
            ClassNames.readable(training.classes()));
    ModelSettings settings = settings(asked);
    Device device = engine.require();
    ModelTrainer trainer = new ModelTrainer(device, settings);
    Weights initial = Initialisation.draw(card, asked.seed());
    try (TrainingBatches batches =
        new TrainingBatches(
            training,
            new TrainingTransform(side, asked.minCrop(), augmentation),
            asked.batchSize(),
            asked.seed(),
            card.mean(),
            card.std())) {
      JobCheckpoint checkpoint =
          new JobCheckpoint(folders.checkpoint(job.id(), "model"), isStopped, output);
      Checkpoint from = checkpoint.read(trainer.specification(initial, batches));
      TrainedModel model =
          trainer.train(
              initial,
              batches,
              new EvaluationBatches(evaluation, EVALUATED_AT_ONCE, card.mean(), card.std()),
              from,
              new ModelRecorder(from.steps(), output, checkpoint, isStopped));
      if (model.finished()) {
        Weights best = model.best().orElseThrow();
        byte[] record =
            ModelRecord.json(
                best.card(), settings, batches.description(), model, context(job, asked, device));
        deleted.forget(UserStorage.Kind.MODEL, job.model());
        keep(file, best, record);
        storage.keep(
            UserStorage.Kind.MODEL,
            job.model(),
            job.createdBy(),
            file.toFile().length() + record.length);
        checkpoint.delete();
      }
      return model.finished();
    } catch (NonFiniteLossException e) {
      throw new JobFailedException(e.getMessage() + ".", e);
    }
  }

  static ModelSettings settings(JobSpecification.TrainModel asked) {
    return new ModelSettings(
        asked.epochs(),
        asked.batchSize(),
        asked.learningRate(),
        WARM_UP,
        asked.seed(),
        Augmentation.of(asked.augmentation()) == Augmentation.ADVERSARIAL
            ? Optional.of(Pgd.PAPER)
            : Optional.empty());
  }

  /** Whether a model was made by this job. */
  private boolean isOf(Job job, Path file) {
    try {
      return json.readTree(WeightFiles.record(file).toFile())
          .path("job")
          .asText()
          .equals(Long.toString(job.id()));
    } catch (IOException e) {
      return false; // no record, or none that can be read: not ours
    }
  }

  private Map<String, Object> context(Job job, JobSpecification.TrainModel asked, Device device) {
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("job", Long.toString(job.id()));
    context.put("dataset", asked.dataset());
    context.put("device", Devices.name(device));
    context.put("engine", Devices.engineVersion());
    context.put("version", version);
    context.put("epochChosenOn", "evaluation split");
    return context;
  }

  /** The weights last: where they are, the model is there. */
  private void keep(Path file, Weights best, byte[] record) {
    try {
      DurableFile.write(WeightFiles.record(file), record);
      best.write(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    catalogue.refresh();
  }
}
