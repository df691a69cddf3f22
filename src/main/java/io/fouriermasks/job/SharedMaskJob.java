package io.fouriermasks.job;

import io.fouriermasks.dataset.EvaluationDataset;
import io.fouriermasks.network.Devices;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.store.ArtefactType;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.Mask;
import io.fouriermasks.store.Masks;
import io.fouriermasks.store.Model;
import io.fouriermasks.store.Models;
import io.fouriermasks.training.Checkpoint;
import io.fouriermasks.training.MaskArchive;
import io.fouriermasks.training.MaskImages;
import io.fouriermasks.training.ModelMask;
import io.fouriermasks.training.ModelMaskSettings;
import io.fouriermasks.training.ModelMaskTrainer;
import io.fouriermasks.training.StopReason;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Trains one mask over all images of a split, or one over those of each of some classes. */
@Singleton
class SharedMaskJob {

  private final Models models;
  private final SplitLoader splits;
  private final FrozenNetworks networks;
  private final JobFolders folders;
  private final JobOutput.Opener outputs;

  SharedMaskJob(
      Models models,
      SplitLoader splits,
      FrozenNetworks networks,
      JobFolders folders,
      JobOutput.Opener outputs) {
    this.models = models;
    this.splits = splits;
    this.networks = networks;
    this.folders = folders;
    this.outputs = outputs;
  }

  /**
   * One of the masks.
   *
   * @param index of its class in the specification, or null
   * @param label of its class, or null for all images
   */
  private record Part(Integer index, Integer label) {

    String name() {
      return label == null ? "mask" : "mask-" + label;
    }
  }

  /** The training that is asked for. */
  private record Task(Job job, JobSpecification.ModelMask asked, Model model, MaskImages images) {}

  /**
   * Does the work on the calling thread.
   *
   * @return whether all is made; false if it was stopped
   * @throws JobFailedException if it cannot be done, with a message for the user
   * @throws java.util.concurrent.CancellationException if it was stopped before the training
   */
  boolean run(Job job, JobSpecification.ModelMask specification, BooleanSupplier isStopped) {
    return train(job, specification, List.of(new Part(null, null)), isStopped);
  }

  /** The same for each class of the specification, one after another. */
  boolean run(Job job, JobSpecification.ClassMasks specification, BooleanSupplier isStopped) {
    List<String> names = models.get(specification.model()).classes();
    List<Part> parts = new ArrayList<>();
    for (String name : specification.classes()) {
      parts.add(new Part(parts.size(), names.indexOf(name)));
    }
    return train(job, specification.settings(), parts, isStopped);
  }

  private boolean train(
      Job job, JobSpecification.ModelMask asked, List<Part> parts, BooleanSupplier isStopped) {
    Model model = models.get(asked.model());
    try (JobOutput output = outputs.open(job)) {
      EvaluationDataset data =
          splits.evaluation(
              asked.dataset(),
              asked.split(),
              model.size(),
              new SplitLoader.Reader(output, isStopped));
      Task task = new Task(job, asked, model, MaskImages.of(data, model.mean(), model.std()));
      return networks.use(
          model,
          network -> {
            for (Part part : parts) {
              // one that was finished before the job was stopped is there
              if (!output.isPublished(part.index())
                  && !train(task, part, network, output, isStopped)) {
                return false;
              }
            }
            return true;
          });
    }
  }

  /** Trains one mask; false if it was stopped. */
  private boolean train(
      Task task, Part part, FrozenNetwork network, JobOutput output, BooleanSupplier isStopped) {
    ModelMaskSettings settings = settings(task.asked());
    MaskImages images = part.label() == null ? task.images() : task.images().ofClass(part.label());
    ModelMaskTrainer trainer = new ModelMaskTrainer(network, settings);
    JobCheckpoint checkpoint =
        new JobCheckpoint(folders.checkpoint(task.job().id(), part.name()), isStopped, output);
    Checkpoint from = checkpoint.read(trainer.specification(images));
    ModelMask result =
        trainer.train(
            images,
            from,
            new SharedMaskRecorder(
                part.index(), settings, from.steps(), output, checkpoint, isStopped));
    if (result.stopReason() == StopReason.CANCELLED) {
      return false;
    }
    output.publish(() -> made(task, part, settings, network, result, output));
    output.run(checkpoint::delete);
    if (result.stopReason() == StopReason.NON_FINITE) {
      throw new JobFailedException(
          "The training became infinite; the mask is the last finite one. Try another seed.");
    }
    return true;
  }

  static ModelMaskSettings settings(JobSpecification.ModelMask asked) {
    ModelMaskSettings settings =
        ModelMaskSettings.PAPER
            .withEpochs(asked.epochs())
            .withAccuracyRatio(asked.accuracyRatio())
            .withSeed(asked.seed());
    return asked.preset().equals(JobSpecification.MINIBATCH)
        ? settings.minibatch(asked.batchSize())
        : settings;
  }

  private static Masks.Made made(
      Task task,
      Part part,
      ModelMaskSettings settings,
      FrozenNetwork network,
      ModelMask result,
      JobOutput output) {
    Map<String, Object> context = context(task, part, network, output);
    Mask.Files files =
        new Mask.Files(
            output.keep(ArtefactType.NPZ, MaskArchive.npz(result, settings, context)),
            output.values(result.mask().fullPlane()),
            null);
    return new Masks.Made(
        part.index(), null, null, task.model().id(), found(task, part, result), files);
  }

  private static Map<String, Object> context(
      Task task, Part part, FrozenNetwork network, JobOutput output) {
    Model model = task.model();
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("kind", part.label() == null ? "model-mask" : "class-mask");
    context.put("specification", output.specification());
    context.put("job", Long.toString(task.job().id()));
    context.put("model", model.id());
    context.put("architecture", model.architecture());
    context.put("augmentation", model.augmentation());
    context.put("classes", model.classes());
    if (part.label() != null) {
      context.put("label", part.label());
      context.put("class", model.classes().get(part.label()));
    }
    context.put("dataset", task.asked().dataset());
    context.put("split", task.asked().split());
    context.put("device", Devices.name(network.device()));
    context.put("engine", Devices.engineVersion());
    context.put("java", Runtime.version().toString());
    return context;
  }

  private static Mask.ModelResult found(Task task, Part part, ModelMask result) {
    float[] curve = result.invariance();
    int epoch = result.keptEpoch() > 0 ? result.keptEpoch() : curve.length;
    return new Mask.ModelResult(
        part.label(),
        part.label() == null ? null : task.model().classes().get(part.label()),
        finite(result.unmaskedAccuracy()),
        finite(result.maskedAccuracy()),
        result.epochs(),
        result.keptEpoch(),
        result.mask().sparsity(),
        epoch == 0 ? null : finite(curve[epoch - 1]),
        result.steps(),
        result.stopReason(),
        result.seconds());
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
