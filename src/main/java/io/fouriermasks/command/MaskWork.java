package io.fouriermasks.command;

import io.fouriermasks.analysis.AnalysisListener;
import io.fouriermasks.analysis.Reliability;
import io.fouriermasks.dataset.Batch;
import io.fouriermasks.dataset.EvaluationBatches;
import io.fouriermasks.dataset.EvaluationDataset;
import io.fouriermasks.network.Devices;
import io.fouriermasks.network.DurableFile;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.spectrum.ColorMap;
import io.fouriermasks.spectrum.MaskPicture;
import io.fouriermasks.training.Checkpoint;
import io.fouriermasks.training.MaskArchive;
import io.fouriermasks.training.MaskEpoch;
import io.fouriermasks.training.MaskImages;
import io.fouriermasks.training.MaskStep;
import io.fouriermasks.training.ModelMask;
import io.fouriermasks.training.ModelMaskSettings;
import io.fouriermasks.training.ModelMaskTrainer;
import io.fouriermasks.training.StopReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** One whole-model or class mask that is to be there: a file, and how it comes to be. */
final class MaskWork {

  /**
   * The images.
   *
   * @param trained that the masks are trained on
   * @param heldOut that they are judged on besides, if some are held out
   */
  record Data(EvaluationDataset trained, Optional<EvaluationDataset> heldOut) {}

  private final ModelFolder.Found model;
  private final OptionalInt label;
  private final String name;
  private final Path folder;

  private MaskWork(ModelFolder.Found model, OptionalInt label, String name, Path folder) {
    this.model = model;
    this.label = label;
    this.name = name;
    this.folder = folder;
  }

  /** {@code ARCHITECTURE_mask_AUGMENTATION} over all images. */
  static MaskWork ofModel(ModelFolder.Found model, Path folder) {
    return new MaskWork(model, OptionalInt.empty(), baseName(model), folder);
  }

  /** {@code ARCHITECTURE_mask_AUGMENTATION_CLASS} over the images of one class. */
  static MaskWork ofClass(ModelFolder.Found model, int label, String className, Path folder) {
    return new MaskWork(model, OptionalInt.of(label), baseName(model) + "_" + className, folder);
  }

  private static String baseName(ModelFolder.Found model) {
    return "%s_mask_%s".formatted(model.architecture(), model.augmentation());
  }

  ModelFolder.Found model() {
    return model;
  }

  /** The archive: it is written last, so where it is, the work is done. */
  Path file() {
    return folder.resolve(name + ".npz");
  }

  boolean isDone() {
    return Files.exists(file());
  }

  /**
   * Trains the mask, from its checkpoint if there is one, and writes it.
   *
   * @param split name of the images' split
   * @return false if it was interrupted
   */
  boolean run(
      FrozenNetwork network, Data data, String split, ModelMaskSettings settings, LongRun run)
      throws IOException {
    MaskImages all = MaskImages.of(data.trained(), model.card().mean(), model.card().std());
    MaskImages images = label.isPresent() ? all.ofClass(label.getAsInt()) : all;
    ModelMaskTrainer trainer = new ModelMaskTrainer(network, settings);
    CheckpointFile checkpoint = run.checkpoint(folder.resolve(name + ".checkpoint.safetensors"));
    Checkpoint from = checkpoint.read(trainer.specification(images));
    if (!from.isNone()) {
      run.say("mask %s continues from step %d", name, from.steps());
    }
    ModelMask result;
    try (Terminal terminal = Terminal.of(run.out(), name + ": step", 1)) {
      result = trainer.train(images, from, new Progress(checkpoint, terminal, from.steps()));
    }
    if (result.stopReason() == StopReason.CANCELLED) {
      run.say(
          "interrupted; the same command continues from step %d of %s", checkpoint.steps(), name);
      return false;
    }
    DurableFile.write(
        folder.resolve(name + ".png"), MaskPicture.png(result.mask(), ColorMap.TURBO, true));
    DurableFile.write(
        file(), MaskArchive.npz(result, settings, context(data, split, network, result)));
    checkpoint.delete();
    report(run, result);
    return true;
  }

  private Map<String, Object> context(
      Data data, String split, FrozenNetwork network, ModelMask result) {
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("kind", label.isPresent() ? "class-mask" : "model-mask");
    context.put("weights", model.file().getFileName().toString());
    context.put("architecture", model.architecture());
    context.put("augmentation", model.augmentation());
    context.put("classes", model.card().classes());
    if (label.isPresent()) {
      context.put("label", label.getAsInt());
      context.put("class", model.card().classes().get(label.getAsInt()));
      context.put("classFolder", data.trained().classes().get(label.getAsInt()));
    }
    context.put("split", split);
    data.heldOut().ifPresent(apart -> context.put("heldOut", judged(apart, network, result)));
    context.put("device", Devices.name(network.device()));
    context.put("engine", Devices.engineVersion());
    context.put("version", ProgramVersion.text());
    return context;
  }

  /** Accuracies on images that had no part in the mask. */
  private Map<String, Object> judged(
      EvaluationDataset apart, FrozenNetwork network, ModelMask result) {
    EvaluationBatches batches =
        new EvaluationBatches(apart, 64, model.card().mean(), model.card().std());
    List<Batch> wanted = new ArrayList<>();
    batches.forEach(
        batch ->
            label.ifPresentOrElse(
                own -> batch.ofClass(own).ifPresent(wanted::add), () -> wanted.add(batch)));
    Reliability found = Reliability.measure(network, result.mask(), wanted, AnalysisListener.NONE);
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("images", found.clean().images());
    map.put("unmaskedAccuracy", found.clean().share());
    map.put("maskedAccuracy", found.masked().share());
    return map;
  }

  private void report(LongRun run, ModelMask result) {
    run.say(
        "mask %s sparsity %.3f accuracy %.2f %% without, %.2f %% through it, epochs %d seconds"
            + " %.0f %s",
        file(),
        result.mask().sparsity(),
        100 * result.unmaskedAccuracy(),
        100 * result.maskedAccuracy(),
        result.epochs(),
        result.seconds(),
        outcome(result));
  }

  private static String outcome(ModelMask result) {
    if (result.stopReason() == StopReason.NON_FINITE) {
      return "(not converged: the objective became infinite; this is the last finite mask)";
    }
    if (!result.converged()) {
      return "(not converged: no epoch kept enough of the accuracy; this is the last mask)";
    }
    return result.stopReason() == StopReason.CONVERGED
        ? "(converged; mask of epoch %d)".formatted(result.keptEpoch())
        : "(all epochs; mask of epoch %d)".formatted(result.keptEpoch());
  }

  /** Shows how far the training is, and lets the checkpoint file decide about the rest. */
  private static final class Progress extends CheckpointedTraining {

    private final Terminal terminal;
    private final long before;
    private String accuracy = "";

    /**
     * @param before steps of earlier runs, which say nothing of the time that is left
     */
    Progress(CheckpointFile checkpoint, Terminal terminal, long before) {
      super(checkpoint);
      this.terminal = terminal;
      this.before = before;
    }

    @Override
    public void onMaskStep(MaskStep step) {
      terminal.update(
          step.step() - before,
          step.steps() - before,
          () -> "epoch %d, sparsity %.3f%s".formatted(step.epoch(), step.sparsity(), accuracy));
    }

    @Override
    public void onMaskEpoch(MaskEpoch epoch) {
      accuracy = ", accuracy %.2f %%".formatted(100 * epoch.maskedAccuracy());
    }
  }
}
