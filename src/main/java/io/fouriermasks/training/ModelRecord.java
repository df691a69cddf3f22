package io.fouriermasks.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.fouriermasks.attack.Pgd;
import io.fouriermasks.network.ModelCard;
import java.util.LinkedHashMap;
import java.util.Map;

/** The file that stands beside a model's weights: how it was trained, and its curve. */
public final class ModelRecord {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ModelRecord() {}

  /**
   * The record as JSON: the settings, and {@code trainLoss}, {@code evaluationLoss} and {@code
   * evaluationAccuracy}, one value an epoch.
   *
   * @param card of the weights that were kept, with their accuracy
   * @param data the training images and how they were augmented, as text
   * @param context what else the reader should know: device, versions; values that JSON can hold
   */
  public static byte[] json(
      ModelCard card,
      ModelSettings settings,
      String data,
      TrainedModel model,
      Map<String, ?> context) {
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
    record.put("data", data);
    record.put("seconds", model.seconds());
    record.putAll(context);
    record.put("trainLoss", model.curve().stream().map(ModelEpoch::trainLoss).toList());
    record.put("evaluationLoss", model.curve().stream().map(ModelEpoch::evaluationLoss).toList());
    record.put("evaluationAccuracy", model.curve().stream().map(ModelEpoch::accuracy).toList());
    try {
      return JSON.writeValueAsBytes(record);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The context of a model must be plain JSON values", e);
    }
  }

  private static Map<String, Object> adversary(Pgd pgd) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("epsNormalised", pgd.eps());
    map.put("stepNormalised", pgd.step());
    map.put("steps", pgd.steps());
    return map;
  }
}
