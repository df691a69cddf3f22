package io.fouriermasks.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fouriermasks.training.ImageStep;

/**
 * The values of a point. What is not finite, which JSON cannot say, is left out.
 *
 * @param invariance squared difference of the losses with and without the mask
 * @param sparsity {@code ||M||_1 / ||1||_1}
 * @param learningRate Adam's
 * @param probability of the label, through the mask
 * @param prediction index of the class predicted through the mask
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PointValues(
    Double invariance,
    Double sparsity,
    Double learningRate,
    Double probability,
    Integer prediction) {

  static PointValues of(ImageStep step) {
    return new PointValues(
        finite(step.invariance()),
        finite(step.sparsity()),
        finite(step.learningRate()),
        finite(step.probability()),
        step.prediction());
  }

  /**
   * Only one of the values.
   *
   * @throws IllegalArgumentException if there is no value of that name
   */
  public PointValues only(String metric) {
    return switch (metric) {
      case "invariance" -> new PointValues(invariance, null, null, null, null);
      case "sparsity" -> new PointValues(null, sparsity, null, null, null);
      case "learningRate" -> new PointValues(null, null, learningRate, null, null);
      case "probability" -> new PointValues(null, null, null, probability, null);
      case "prediction" -> new PointValues(null, null, null, null, prediction);
      default ->
          throw new IllegalArgumentException(
              "The metric must be one of invariance, sparsity, learningRate, probability,"
                  + " prediction.");
    };
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
