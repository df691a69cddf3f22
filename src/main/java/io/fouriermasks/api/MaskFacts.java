package io.fouriermasks.api;

import io.fouriermasks.store.Mask;
import io.fouriermasks.store.Model;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a report says of where a mask comes from. */
final class MaskFacts {

  private MaskFacts() {}

  static Map<String, Object> of(Mask mask, Model model) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("model", model.name());
    facts.put("weights", model.fingerprint());
    facts.put("learned over", mask.kind().urlName());
    put(facts, "photograph", mask.image());
    put(facts, "variant", mask.variant());
    if (mask.result() instanceof Mask.ImageResult one) {
      facts.put("label", one.labelName());
      facts.put("prediction through the mask", one.predictionName());
      facts.put("probability of the label", number(one.probability()));
      facts.put("probability without mask", number(one.cleanProbability()));
    } else if (mask.result() instanceof Mask.ModelResult many) {
      put(facts, "class", many.labelName());
      put(facts, "accuracy", many.unmaskedAccuracy());
      put(facts, "accuracy through the mask", many.maskedAccuracy());
      facts.put("epochs", many.epochs());
      facts.put("epoch that was kept", many.keptEpoch());
    }
    facts.put("steps", mask.result().steps());
    facts.put("stopped because", mask.result().stopReason());
    facts.put("seconds", number(mask.result().seconds()));
    put(facts, "job", mask.job());
    facts.put("stored", mask.createdAt());
    return facts;
  }

  private static void put(Map<String, Object> facts, String name, Object value) {
    if (value != null) {
      facts.put(name, value instanceof Double number ? number(number) : value);
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
