package io.fouriermasks.job;

import io.fouriermasks.analysis.FourierHeatMap;
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
import io.fouriermasks.job.data.Dataset;
import io.fouriermasks.job.data.Datasets;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.network.Initialisation;
import io.fouriermasks.network.ModelCard;
import io.fouriermasks.network.Weights;
import io.fouriermasks.store.Image;
import io.fouriermasks.store.Images;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.Jobs;
import io.fouriermasks.store.Model;
import io.fouriermasks.store.Models;
import io.fouriermasks.store.Throughputs;
import io.fouriermasks.training.Checkpoint;
import io.fouriermasks.training.ImageMaskTrainer;
import io.fouriermasks.training.MaskImages;
import io.fouriermasks.training.ModelMaskTrainer;
import io.fouriermasks.training.ModelTrainer;
import io.fouriermasks.training.NonFiniteLossException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Measures how fast this device is at a job, before one like it has run: real steps with its
 * network, its batch and some of its pictures, for some seconds. Nothing that is made is kept but
 * the speed.
 */
@Singleton
public class SpeedTrial {

  private static final int FEWEST_PICTURES = 64;

  /** An epoch's evaluation takes a share of the time only if the epoch has some steps. */
  private static final int STEPS_AN_EPOCH = 4;

  private final SpecificationCheck check;
  private final Estimates estimates;
  private final Jobs jobs;
  private final Models models;
  private final Images images;
  private final InputPictures inputs;
  private final Datasets datasets;
  private final FrozenNetworks networks;
  private final EngineLoader engine;
  private final Throughputs throughputs;
  private final ReentrantLock one = new ReentrantLock();

  SpeedTrial(
      SpecificationCheck check,
      Estimates estimates,
      Jobs jobs,
      Models models,
      Images images,
      InputPictures inputs,
      Datasets datasets,
      FrozenNetworks networks,
      EngineLoader engine,
      Throughputs throughputs) {
    this.check = check;
    this.estimates = estimates;
    this.jobs = jobs;
    this.models = models;
    this.images = images;
    this.inputs = inputs;
    this.datasets = datasets;
    this.networks = networks;
    this.engine = engine;
    this.throughputs = throughputs;
  }

  /**
   * Measures, and estimates by what was measured. Takes some seconds on the calling thread, rarely
   * more than a minute.
   *
   * @throws InvalidSpecificationException if the job could not be done
   * @throws EngineUnavailableException if the engine is not there (yet)
   * @throws MeasurementRefusedException if something else is computed, or a step takes too long
   */
  public Estimates.Estimate measure(JobSpecification asked) {
    JobSpecification job = check.complete(asked);
    engine.require();
    if (!one.tryLock()) {
      throw new MeasurementRefusedException(
          "Another measurement is running; try again in a moment.");
    }
    try {
      requireIdle(
          "Jobs are running or waiting, which would be measured too; try again after them.");
      TrialClock clock = new TrialClock(System::nanoTime);
      run(job, clock);
      requireIdle(
          "A job has begun meanwhile, so that the measurement is none; try again after it.");
      int batch = Estimates.batch(job);
      throughputs.put(
          Estimates.work(job, architecture(job), engine.status().device()),
          clock
              .measured(batch)
              .orElseThrow(
                  () ->
                      new MeasurementRefusedException(
                          "Two steps take more than a minute here, too long to be measured before;"
                              + " a smaller batch is faster.")));
      return estimates.ofAccepted(job);
    } catch (InvalidDatasetException | JobFailedException | NonFiniteLossException e) {
      throw new MeasurementRefusedException(e.getMessage(), e);
    } finally {
      one.unlock();
    }
  }

  private void requireIdle(String otherwise) {
    Map<JobState, Long> counts = jobs.counts();
    if (counts.getOrDefault(JobState.RUNNING, 0L) + counts.getOrDefault(JobState.QUEUED, 0L) > 0) {
      throw new MeasurementRefusedException(otherwise);
    }
  }

  private String architecture(JobSpecification job) {
    return job instanceof JobSpecification.TrainModel made
        ? made.architecture()
        : models.get(job.model()).architecture();
  }

  private void run(JobSpecification job, TrialClock clock) {
    switch (job.kind()) {
      case IMAGE_MASK -> imageMasks((JobSpecification.ImageMasks) job, clock);
      case MODEL_MASK -> sharedMask((JobSpecification.ModelMask) job, clock);
      case CLASS_MASK -> sharedMask(((JobSpecification.ClassMasks) job).settings(), clock);
      case TRAIN_MODEL -> model((JobSpecification.TrainModel) job, clock);
      case HEAT_MAP -> heatMap((JobSpecification.HeatMap) job, clock);
    }
  }

  private void imageMasks(JobSpecification.ImageMasks job, TrialClock clock) {
    Model model = models.get(job.model());
    Map<String, Image> stored = images.byIds(job.images());
    List<float[]> pictures =
        job.images().stream()
            .limit(ImageMaskTrainer.DEFAULT_AT_ONCE)
            .map(id -> inputs.read(stored.get(id), model))
            .toList();
    networks.use(
        model,
        network ->
            new ImageMaskTrainer(network, ImageMaskJob.settings(job)).train(pictures, clock));
  }

  private void sharedMask(JobSpecification.ModelMask job, TrialClock clock) {
    Model model = models.get(job.model());
    EvaluationDataset data =
        EvaluationDataset.load(
            some(job.dataset(), job.split(), job.batchSize()),
            new EvaluationTransform(model.size()),
            done -> {});
    MaskImages pictures = MaskImages.of(data, model.mean(), model.std());
    networks.use(
        model,
        network ->
            new ModelMaskTrainer(network, SharedMaskJob.settings(job))
                .train(pictures, Checkpoint.NONE, clock));
  }

  private void model(JobSpecification.TrainModel job, TrialClock clock) {
    int side = ModelCard.SIZE;
    Augmentation augmentation = Augmentation.of(job.augmentation());
    TrainingTransform views = new TrainingTransform(side, job.minCrop(), augmentation);
    CachedDataset training =
        CachedDataset.load(
            some(job.dataset(), Dataset.TRAIN, job.batchSize()),
            new TrainingTransform(side),
            done -> {});
    EvaluationDataset evaluation =
        EvaluationDataset.load(
            some(job.dataset(), Dataset.VAL, 1), new EvaluationTransform(side), done -> {});
    ModelCard card =
        ModelCard.of(
            Architecture.of(job.architecture()),
            augmentation.code(),
            ClassNames.readable(training.classes()));
    Weights initial = Initialisation.draw(card, job.seed());
    try (TrainingBatches batches =
        new TrainingBatches(
            training, views, job.batchSize(), job.seed(), card.mean(), card.std())) {
      new ModelTrainer(engine.require(), ModelJob.settings(job))
          .train(
              initial,
              batches,
              new EvaluationBatches(
                  evaluation, ModelJob.EVALUATED_AT_ONCE, card.mean(), card.std()),
              clock);
    }
  }

  private void heatMap(JobSpecification.HeatMap job, TrialClock clock) {
    Model model = models.get(job.model());
    EvaluationDataset data =
        EvaluationDataset.load(
            some(job.dataset(), job.split(), job.images()),
            new EvaluationTransform(model.size()),
            done -> {});
    try {
      networks.use(
          model,
          network ->
              FourierHeatMap.measure(
                  network,
                  HeatMapJob.sample(data, model, job),
                  new FourierHeatMap.Settings(job.norm(), job.radius(), job.seed()),
                  clock));
    } catch (CancellationException e) {
      // the clock has ended it: enough is measured
    }
  }

  /** Enough of a split for some steps: of a large one not all pictures need be read. */
  private ImageFolder some(String dataset, String split, int batch) {
    ImageFolder folder = datasets.folder(datasets.get(dataset), split);
    int wanted = Math.max(FEWEST_PICTURES, STEPS_AN_EPOCH * batch);
    int all = folder.images().size();
    return 2 * wanted >= all ? folder : folder.holdOut((double) wanted / all, 1).heldOut();
  }
}
