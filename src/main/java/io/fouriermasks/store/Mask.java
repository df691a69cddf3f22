package io.fouriermasks.store;

import io.fouriermasks.training.StopReason;
import java.time.Instant;

/**
 * A trained mask.
 *
 * @param id number, in the order of completion
 * @param job the job that made it
 * @param image id of its image
 * @param model id of its network
 * @param result what the training found
 * @param files where it is kept
 * @param createdAt when it was stored
 */
public record Mask(
    long id, long job, String image, String model, Result result, Files files, Instant createdAt) {

  /**
   * What the training found.
   *
   * @param label index of the class whose loss was held
   * @param prediction index of the class predicted through the mask
   * @param probability the label's, through the mask
   * @param cleanProbability the label's, without mask
   * @param sparsity {@code ||M||_1 / ||1||_1}
   * @param invariance squared difference of the losses with and without the mask
   * @param seconds time from the image's first to its last step
   */
  public record Result(
      int label,
      String labelName,
      int prediction,
      String predictionName,
      double probability,
      double cleanProbability,
      double sparsity,
      double invariance,
      int steps,
      StopReason stopReason,
      double seconds) {

    /** Whether the class predicted through the mask is the label. */
    public boolean predictionKept() {
      return prediction == label;
    }
  }

  /**
   * The artefacts of a mask.
   *
   * @param archive .npz with the mask, its curves and its metadata
   * @param plane .bin, the full plane, float32 little endian, row-major, unshifted
   * @param masked .png, the image through the mask
   */
  public record Files(String archive, String plane, String masked) {}
}
