package io.fouriermasks.api;

import io.fouriermasks.store.Mask;
import io.fouriermasks.training.StopReason;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A trained mask. */
@Schema(name = "Mask", description = "The trained mask of one image.")
public record MaskView(
    String id,
    String job,
    String image,
    String model,
    @Schema(description = "Index of the class whose loss was held.") int label,
    String labelName,
    @Schema(description = "Index of the class predicted through the mask.") int prediction,
    String predictionName,
    boolean predictionKept,
    @Schema(description = "Of the label, through the mask.") double probability,
    @Schema(description = "Of the label, without mask.") double cleanProbability,
    @Schema(description = "Mean absolute value of the mask; lower is sparser.") double sparsity,
    @Schema(description = "Squared difference of the losses with and without the mask.")
        double invariance,
    int steps,
    StopReason stopReason,
    double seconds,
    Instant createdAt) {

  static MaskView of(Mask mask) {
    Mask.Result result = mask.result();
    return new MaskView(
        Long.toString(mask.id()),
        Long.toString(mask.job()),
        mask.image(),
        mask.model(),
        result.label(),
        result.labelName(),
        result.prediction(),
        result.predictionName(),
        result.predictionKept(),
        result.probability(),
        result.cleanProbability(),
        result.sparsity(),
        result.invariance(),
        result.steps(),
        result.stopReason(),
        result.seconds(),
        mask.createdAt());
  }
}
