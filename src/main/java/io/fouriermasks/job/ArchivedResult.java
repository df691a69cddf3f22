package io.fouriermasks.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.fouriermasks.store.Mask;
import io.fouriermasks.store.Model;
import io.fouriermasks.training.ArchivedMask;
import io.fouriermasks.training.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What an archive tells of the training of its mask, checked against the network that it is said to
 * belong to. Every refusal is an {@link IllegalArgumentException} that says what is wrong.
 */
final class ArchivedResult {

  private final ArchivedMask archive;
  private final JsonNode meta;
  private final Model model;

  private ArchivedResult(ArchivedMask archive, Model model) {
    this.archive = archive;
    this.meta = archive.meta();
    this.model = model;
  }

  static Mask.Result of(Mask.Kind kind, ArchivedMask archive, Model model) {
    ArchivedResult result = new ArchivedResult(archive, model);
    result.requireSame("kind", kind.urlName());
    result.requireSame("architecture", model.architecture());
    result.requireSame("augmentation", model.augmentation());
    result.requireClasses();
    if (archive.mask().size() != model.size()) {
      throw new IllegalArgumentException(
          "its mask has %d rows, its network sees %d"
              .formatted(archive.mask().size(), model.size()));
    }
    return kind == Mask.Kind.IMAGE_MASK ? result.ofImage() : result.ofModel(kind);
  }

  private Mask.ImageResult ofImage() {
    int label = index("label");
    int prediction = index("prediction");
    double probability = number(required("maskedProbabilities").path(label), "maskedProbabilities");
    double clean = number(required("cleanProbabilities").path(label), "cleanProbabilities");
    // a probability may have underflowed to 0, whose loss no number can hold
    double loss = -Math.log(Math.max(probability, Double.MIN_NORMAL));
    double difference = loss - number(required("cleanLoss"), "cleanLoss");
    return new Mask.ImageResult(
        label,
        model.classes().get(label),
        prediction,
        model.classes().get(prediction),
        probability,
        clean,
        archive.mask().sparsity(),
        difference * difference,
        count("steps"),
        stopReason(),
        number(required("seconds"), "seconds"));
  }

  private Mask.ModelResult ofModel(Mask.Kind kind) {
    Integer label = kind == Mask.Kind.CLASS_MASK ? index("label") : null;
    int keptEpoch = count("keptEpoch");
    return new Mask.ModelResult(
        label,
        label == null ? null : model.classes().get(label),
        optional("unmaskedAccuracy"),
        optional("maskedAccuracy"),
        count("epochs"),
        keptEpoch,
        archive.mask().sparsity(),
        invariance(keptEpoch),
        count("steps"),
        stopReason(),
        number(required("seconds"), "seconds"));
  }

  /** Of the epoch that the mask is from; where none was kept it is from the last. */
  private Double invariance(int keptEpoch) {
    float[] curve = archive.invariance();
    int epoch = keptEpoch > 0 ? keptEpoch : curve.length;
    if (epoch < 1 || epoch > curve.length || !Float.isFinite(curve[epoch - 1])) {
      return null;
    }
    return (double) curve[epoch - 1];
  }

  private StopReason stopReason() {
    try {
      return StopReason.valueOf(required("stopReason").asText().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("its 'stopReason' is not known", e);
    }
  }

  /** What the name of the file says must be what the archive says, where it says it. */
  private void requireSame(String field, String expected) {
    JsonNode value = meta.get(field);
    if (value != null && !value.asText().equals(expected)) {
      throw new IllegalArgumentException(
          "its '%s' is %s, where its name says %s".formatted(field, value.asText(), expected));
    }
  }

  private void requireClasses() {
    JsonNode classes = meta.get("classes");
    if (classes == null) {
      return;
    }
    List<String> names = new ArrayList<>();
    classes.forEach(name -> names.add(name.asText()));
    if (!names.equals(model.classes())) {
      throw new IllegalArgumentException(
          "it tells apart the classes %s, its network %s".formatted(names, model.classes()));
    }
  }

  private JsonNode required(String field) {
    JsonNode value = meta.get(field);
    if (value == null || value.isNull()) {
      throw new IllegalArgumentException("its 'meta' has no '%s'".formatted(field));
    }
    return value;
  }

  private int index(String field) {
    int value = count(field);
    if (value >= model.classes().size()) {
      throw new IllegalArgumentException("its '%s' is no class of its network".formatted(field));
    }
    return value;
  }

  private int count(String field) {
    JsonNode value = required(field);
    if (!value.isInt() || value.asInt() < 0) {
      throw new IllegalArgumentException("its '%s' is no whole number".formatted(field));
    }
    return value.asInt();
  }

  private Double optional(String field) {
    JsonNode value = meta.get(field);
    return value == null || value.isNull() ? null : number(value, field);
  }

  private static double number(JsonNode value, String field) {
    if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
      throw new IllegalArgumentException("its '%s' holds no number".formatted(field));
    }
    return value.asDouble();
  }
}
