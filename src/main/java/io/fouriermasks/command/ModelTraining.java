package io.fouriermasks.command;

import ai.djl.Device;
import io.fouriermasks.analysis.AnalysisListener;
import io.fouriermasks.analysis.Reliability;
import io.fouriermasks.dataset.EvaluationBatches;
import io.fouriermasks.dataset.TrainingBatches;
import io.fouriermasks.network.Devices;
import io.fouriermasks.network.DurableFile;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.Weights;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.training.Checkpoint;
import io.fouriermasks.training.ModelBatch;
import io.fouriermasks.training.ModelEpoch;
import io.fouriermasks.training.ModelRecord;
import io.fouriermasks.training.ModelSettings;
import io.fouriermasks.training.ModelTrainer;
import io.fouriermasks.training.TrainedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One classifier in training: its progress, and the files that remain. */
final class ModelTraining {

  private final Device device;
  private final ModelSettings settings;
  private final Path folder;
  private final LongRun run;

  ModelTraining(Device device, ModelSettings settings, Path folder, LongRun run) {
    this.device = device;
    this.settings = settings;
    this.folder = folder;
    this.run = run;
  }

  /**
   * Trains, from the checkpoint if there is one; writes the weights and, beside them, a .json with
   * the settings and the curve.
   *
   * @param choice on which the best epoch is chosen
   * @param test on which the chosen epoch is judged, if that is another
   * @return false if it was interrupted
   */
  boolean run(
      Weights initial,
      TrainingBatches batches,
      EvaluationBatches choice,
      Optional<EvaluationBatches> test)
      throws IOException {
    Path file = folder.resolve(initial.card().fileName());
    ModelTrainer trainer = new ModelTrainer(device, settings);
    CheckpointFile checkpoint = run.checkpoint(sibling(file, ".checkpoint.safetensors"));
    Checkpoint from = checkpoint.read(trainer.specification(initial, batches));
    if (!from.isNone()) {
      run.say("model %s continues from step %d", file.getFileName(), from.steps());
    }
    TrainedModel model;
    try (Terminal terminal =
        Terminal.of(run.out(), "training", (long) settings.epochs() * batches.count())) {
      Progress progress = new Progress(checkpoint, terminal, from.steps(), run);
      model = trainer.train(initial, batches, choice, from, progress);
    }
    if (!model.finished()) {
      run.say(
          "interrupted; the same command continues %s from step %d",
          file.getFileName(), checkpoint.steps());
      return false;
    }
    Weights chosen = model.best().orElseThrow();
    Weights best = test.map(batch -> judged(chosen, batch)).orElse(chosen);
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("device", Devices.name(device));
    context.put("engine", Devices.engineVersion());
    context.put("version", ProgramVersion.text());
    context.put("epochChosenOn", test.isPresent() ? "held out" : "evaluation split");
    DurableFile.write(
        sibling(file, ".json"),
        ModelRecord.json(best.card(), settings, batches.description(), model, context));
    best.write(file);
    checkpoint.delete();
    run.say(
        "model %s accuracy %.2f %% epochs %d seconds %.0f",
        file, 100 * best.card().accuracy().orElseThrow(), model.curve().size(), model.seconds());
    return true;
  }

  /** The same weights with their accuracy on images that had no part in choosing them. */
  private Weights judged(Weights weights, EvaluationBatches test) {
    try (FrozenNetwork network = FrozenNetwork.of(weights, device)) {
      FourierMask everything = FourierMask.ones(weights.card().size());
      double accuracy =
          Reliability.measure(network, everything, test, AnalysisListener.NONE).clean().share();
      return new Weights(weights.card().withAccuracy(accuracy), weights.tensors());
    }
  }

  private static Path sibling(Path weights, String ending) {
    return weights.resolveSibling(weights.getFileName().toString().replace(".safetensors", ending));
  }

  /** Shows how far the training is, and lets the checkpoint file decide about the rest. */
  private static final class Progress extends CheckpointedTraining {

    private final Terminal terminal;
    private final long before;
    private final LongRun run;

    /**
     * @param before steps of earlier runs, which say nothing of the time that is left
     */
    Progress(CheckpointFile checkpoint, Terminal terminal, long before, LongRun run) {
      super(checkpoint);
      this.terminal = terminal;
      this.before = before;
      this.run = run;
    }

    @Override
    public void onModelBatch(ModelBatch batch) {
      long all = (long) batch.epochs() * batch.batches();
      long done = (long) (batch.epoch() - 1) * batch.batches() + batch.batch();
      terminal.update(
          done - before,
          all - before,
          () -> "epoch %d, loss %.3f".formatted(batch.epoch(), batch.loss()));
    }

    @Override
    public void onModelEpoch(ModelEpoch epoch) {
      run.say(
          "epoch %d of %d: loss %.4f, evaluation loss %.4f, accuracy %.2f %%%s, %.0f s",
          epoch.epoch(),
          epoch.epochs(),
          epoch.trainLoss(),
          epoch.evaluationLoss(),
          100 * epoch.accuracy(),
          epoch.best() ? " (best, kept)" : "",
          epoch.seconds());
    }
  }
}
