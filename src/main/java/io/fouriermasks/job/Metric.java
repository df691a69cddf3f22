package io.fouriermasks.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fouriermasks.store.JobSpecification;
import java.util.List;

/**
 * A value that the points of a job have, and how it is shown.
 *
 * @param name key in the values of a point
 * @param title for people
 * @param description what it is, in a few words
 * @param format how its numbers are written
 * @param scale of its axis
 * @param best which of its values is the best; null if none is better than another
 * @param group metrics of the same group share a chart; null if it is not drawn
 */
public record Metric(
    String name,
    String title,
    String description,
    Format format,
    Scale scale,
    Best best,
    String group) {

  /** How a number is written. */
  public enum Format {
    /** A share in [0, 1], as percent. */
    @JsonProperty("percent")
    PERCENT,
    /** Three digits, or a power of ten. */
    @JsonProperty("number")
    NUMBER,
    /** The index of a class of the model. */
    @JsonProperty("class")
    CLASS
  }

  /** How an axis is divided. */
  public enum Scale {
    @JsonProperty("linear")
    LINEAR,
    @JsonProperty("logarithmic")
    LOGARITHMIC
  }

  /** Which value is the best. */
  public enum Best {
    @JsonProperty("low")
    LOW,
    @JsonProperty("high")
    HIGH
  }

  private static final Metric INVARIANCE =
      new Metric(
          "invariance",
          "Invariance",
          "squared change of the loss",
          Format.NUMBER,
          Scale.LOGARITHMIC,
          Best.LOW,
          "invariance");
  private static final Metric SPARSITY =
      new Metric(
          "sparsity",
          "Sparsity",
          "share of the spectrum that is left; lower is sparser",
          Format.PERCENT,
          Scale.LINEAR,
          Best.LOW,
          "sparsity");
  private static final Metric LEARNING_RATE =
      new Metric(
          "learningRate",
          "Learning rate",
          "of Adam, as the schedule moves it",
          Format.NUMBER,
          Scale.LINEAR,
          null,
          "learningRate");
  private static final Metric PROBABILITY =
      new Metric(
          "probability",
          "Probability",
          "of the label, through the mask",
          Format.PERCENT,
          Scale.LINEAR,
          Best.HIGH,
          null);
  private static final Metric PREDICTION =
      new Metric(
          "prediction",
          "Prediction",
          "class predicted through the mask",
          Format.CLASS,
          Scale.LINEAR,
          null,
          null);
  private static final Metric MASKED_ACCURACY =
      new Metric(
          "accuracy",
          "Accuracy",
          "share of the images classified right through the mask, at the end of each epoch",
          Format.PERCENT,
          Scale.LINEAR,
          Best.HIGH,
          "accuracy");
  private static final Metric LOSS =
      new Metric(
          "loss",
          "Loss",
          "mean cross-entropy of the batch",
          Format.NUMBER,
          Scale.LINEAR,
          Best.LOW,
          "loss");
  private static final Metric EVALUATION_LOSS =
      new Metric(
          "evaluationLoss",
          "Evaluation loss",
          "mean cross-entropy of the evaluation split, at the end of each epoch",
          Format.NUMBER,
          Scale.LINEAR,
          Best.LOW,
          "loss");
  private static final Metric EVALUATION_ACCURACY =
      new Metric(
          "accuracy",
          "Accuracy",
          "share of the evaluation split classified right, at the end of each epoch",
          Format.PERCENT,
          Scale.LINEAR,
          Best.HIGH,
          "accuracy");

  /** What the points of a kind of job have, the most important first. */
  public static List<Metric> of(JobSpecification.Kind kind) {
    return switch (kind) {
      case IMAGE_MASK -> List.of(INVARIANCE, SPARSITY, LEARNING_RATE, PROBABILITY, PREDICTION);
      case MODEL_MASK, CLASS_MASK -> List.of(INVARIANCE, SPARSITY, MASKED_ACCURACY, LEARNING_RATE);
      case TRAIN_MODEL -> List.of(LOSS, EVALUATION_LOSS, EVALUATION_ACCURACY, LEARNING_RATE);
      case HEAT_MAP -> List.of();
    };
  }
}
