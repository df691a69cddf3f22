package io.fouriermasks.command;

import ai.djl.Device;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.fouriermasks.attack.Pgd;
import io.fouriermasks.dataset.EvaluationBatches;
import io.fouriermasks.dataset.TrainingBatches;
import io.fouriermasks.network.Devices;
import io.fouriermasks.network.DurableFile;
import io.fouriermasks.network.ModelCard;
import io.fouriermasks.network.Weights;
import io.fouriermasks.training.ModelBatch;
import io.fouriermasks.training.ModelEpoch;
import io.fouriermasks.training.ModelSettings;
import io.fouriermasks.training.ModelTrainer;
import io.fouriermasks.training.TrainedModel;
import io.fouriermasks.training.TrainingListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** One classifier in training: its progress, and the files that remain. */
final class ModelTraining {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final PrintWriter out;
  private final Device device;
  private final ModelSettings settings;
  private final Path folder;

  ModelTraining(PrintWriter out, Device device, ModelSettings settings, Path folder) {
    this.out = out;
    this.device = device;
    this.settings = settings;
    this.folder = folder;
  }

  /** Trains; writes the weights and, beside them, a .json with the settings and the curve. */
  void run(Weights initial, TrainingBatches batches, EvaluationBatches evaluation)
      throws IOException {
    Path file = folder.resolve(initial.card().fileName());
    try (Terminal terminal =
        Terminal.of(out, "training", (long) settings.epochs() * batches.count())) {
      TrainedModel model =
          new ModelTrainer(device, settings)
              .train(initial, batches, evaluation, new Progress(out, terminal));
      Weights best = model.best().orElseThrow();
      DurableFile.write(record(file), JSON.writeValueAsBytes(record(best.card(), batches, model)));
      best.write(file);
      out.printf(
          "model %s accuracy %.2f %% epochs %d seconds %.0f%n",
          file, 100 * best.card().accuracy().orElseThrow(), model.curve().size(), model.seconds());
      out.flush();
    }
  }

  private static Path record(Path weights) {
    return weights.resolveSibling(
        weights.getFileName().toString().replace(".safetensors", ".json"));
  }

  private Map<String, Object> record(ModelCard card, TrainingBatches batches, TrainedModel model) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("kind", "model");
    record.put("architecture", card.architecture().cliName());
    record.put("augmentation", card.augmentation());
    record.put("classes", card.classes());
    record.put("accuracy", card.accuracy().orElseThrow());
    record.put("epochs", settings.epochs());
    record.put("batchSize", settings.batchSize());
    record.put("maxLearningRate", settings.maxLearningRate());
    record.put("warmUp", settings.warmUp());
    record.put("seed", settings.seed());
    settings.adversary().ifPresent(pgd -> record.put("adversary", adversary(pgd)));
    record.put("data", batches.description());
    record.put("seconds", model.seconds());
    record.put("device", Devices.name(device));
    record.put("engine", Devices.engineVersion());
    record.put("version", ProgramVersion.text());
    record.put("trainLoss", model.curve().stream().map(ModelEpoch::trainLoss).toList());
    record.put("evaluationLoss", model.curve().stream().map(ModelEpoch::evaluationLoss).toList());
    record.put("evaluationAccuracy", model.curve().stream().map(ModelEpoch::accuracy).toList());
    return record;
  }

  private static Map<String, Object> adversary(Pgd pgd) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("epsNormalised", pgd.eps());
    map.put("stepNormalised", pgd.step());
    map.put("steps", pgd.steps());
    return map;
  }

  private record Progress(PrintWriter out, Terminal terminal) implements TrainingListener {

    @Override
    public void onModelBatch(ModelBatch batch) {
      terminal.update(
          (long) (batch.epoch() - 1) * batch.batches() + batch.batch(),
          (long) batch.epochs() * batch.batches(),
          "loss %.3f".formatted(batch.loss()));
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
}
