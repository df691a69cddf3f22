package io.fouriermasks.training;

import io.fouriermasks.network.Logits;
import io.fouriermasks.spectrum.FourierMask;

/**
 * The trained mask of one image with the record of its training.
 *
 * @param mask the last finite mask
 * @param label class whose cross-entropy was held: the network's own prediction unless one was
 *     given
 * @param cleanLoss cross-entropy of the label on the image without mask
 * @param cleanLogits logits of the image without mask
 * @param maskedLogits logits of the image through the mask
 * @param invariance per step, before the step
 * @param sparsity per step, before the step
 * @param stopReason why it ended
 * @param boundedSteps steps in which the exponent of the objective had to be bounded to stay finite
 * @param seconds wall-clock time from this image's first to its last step
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record ImageMask(
    FourierMask mask,
    int label,
    double cleanLoss,
    float[] cleanLogits,
    float[] maskedLogits,
    float[] invariance,
    float[] sparsity,
    StopReason stopReason,
    int boundedSteps,
    double seconds) {

  /** Number of steps taken. */
  public int steps() {
    return invariance.length;
  }

  /** The class predicted through the mask. */
  public int prediction() {
    return Logits.argmax(maskedLogits);
  }

  /** Whether the class predicted through the mask is the label. */
  public boolean predictionKept() {
    return prediction() == label;
  }
}
