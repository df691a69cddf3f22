package io.fouriermasks.api;

import io.fouriermasks.store.Mask;
import io.fouriermasks.training.StopReason;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A trained mask; what its kind does not have is null. */
@Schema(
    name = "Mask",
    description = "A trained mask of an image, a model or a class. What its kind lacks is null.")
public record MaskView(
    String id,
    Mask.Kind kind,
    @Schema(description = "Null if it comes from a file.") String job,
    @Schema(description = "Null if it was learned over many.") String image,
    @Schema(
            description =
                "Of a study from files: the model's augmentation, or `attacked`; else null.")
        String variant,
    String model,
    @Schema(description = "Index of the class whose loss was held, or whose images were used.")
        Integer label,
    String labelName,
    @Schema(description = "Index of the class predicted through the mask.") Integer prediction,
    String predictionName,
    Boolean predictionKept,
    @Schema(description = "Of the label, through the mask.") Double probability,
    @Schema(description = "Of the label, without mask.") Double cleanProbability,
    @Schema(description = "Of the images without mask, 0 to 1.") Double unmaskedAccuracy,
    @Schema(description = "Of the images through the mask, 0 to 1.") Double maskedAccuracy,
    @Schema(description = "Passes over the images.") Integer epochs,
    @Schema(description = "The epoch that the mask is from; 0 if it is merely the last one.")
        Integer keptEpoch,
    @Schema(description = "Mean absolute value of the mask; lower is sparser.") double sparsity,
    @Schema(
            description =
                "Squared difference of the losses with and without the mask; over many images its"
                    + " mean in the epoch that the mask is from.")
        Double invariance,
    int steps,
    StopReason stopReason,
    @Schema(description = "Whether it is a mask that the method looks for, not just the last one.")
        boolean converged,
    double seconds,
    Instant createdAt) {

  static MaskView of(Mask mask) {
    return mask.result() instanceof Mask.ImageResult one
        ? of(mask, one)
        : of(mask, (Mask.ModelResult) mask.result());
  }

  private static MaskView of(Mask mask, Mask.ImageResult result) {
    return new MaskView(
        Long.toString(mask.id()),
        mask.kind(),
        job(mask),
        mask.image(),
        mask.variant(),
        mask.model(),
        result.label(),
        result.labelName(),
        result.prediction(),
        result.predictionName(),
        result.predictionKept(),
        result.probability(),
        result.cleanProbability(),
        null,
        null,
        null,
        null,
        result.sparsity(),
        result.invariance(),
        result.steps(),
        result.stopReason(),
        result.converged(),
        result.seconds(),
        mask.createdAt());
  }

  private static MaskView of(Mask mask, Mask.ModelResult result) {
    return new MaskView(
        Long.toString(mask.id()),
        mask.kind(),
        job(mask),
        mask.image(),
        mask.variant(),
        mask.model(),
        result.label(),
        result.labelName(),
        null,
        null,
        null,
        null,
        null,
        result.unmaskedAccuracy(),
        result.maskedAccuracy(),
        result.epochs(),
        result.keptEpoch(),
        result.sparsity(),
        result.invariance(),
        result.steps(),
        result.stopReason(),
        result.converged(),
        result.seconds(),
        mask.createdAt());
  }

  private static String job(Mask mask) {
    return mask.job() == null ? null : Long.toString(mask.job());
  }
}
