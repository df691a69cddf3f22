package io.fouriermasks.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fouriermasks.training.StopReason;
import java.time.Instant;

/**
 * A trained mask.
 *
 * @param id number, in the order in which they were stored
 * @param job the job that made it, or null if it comes from a file
 * @param image id of its image, or null if it was learned over many
 * @param variant how its image was shown: {@link #ATTACKED}, or in a study from files the
 *     augmentation of the model; else null
 * @param model id of its network
 * @param result what the training found
 * @param files where it is kept
 * @param createdAt when it was stored
 */
public record Mask(
    long id,
    Long job,
    String image,
    String variant,
    String model,
    Result result,
    Files files,
    Instant createdAt) {

  /** The variant of an image that was attacked through the network first. */
  public static final String ATTACKED = "attacked";

  /** What a mask was learned over. */
  public enum Kind {
    /** One image. */
    @JsonProperty("image-mask")
    IMAGE_MASK("image-mask"),
    /** All images of a split. */
    @JsonProperty("model-mask")
    MODEL_MASK("model-mask"),
    /** The images of one class. */
    @JsonProperty("class-mask")
    CLASS_MASK("class-mask");

    private final String urlName;

    Kind(String urlName) {
      this.urlName = urlName;
    }

    /** As addresses and archives spell it. */
    public String urlName() {
      return urlName;
    }
  }

  /** What it was learned over. */
  public Kind kind() {
    if (result instanceof ModelResult many) {
      return many.label() == null ? Kind.MODEL_MASK : Kind.CLASS_MASK;
    }
    return Kind.IMAGE_MASK;
  }

  /** What a training found. */
  public sealed interface Result {

    /** {@code ||M||_1 / ||1||_1}. */
    double sparsity();

    /** Optimiser steps taken. */
    int steps();

    /** Why it ended. */
    StopReason stopReason();

    /** Time that it took. */
    double seconds();

    /** Whether the mask is one that the method looks for, not merely the last one reached. */
    boolean converged();
  }

  /**
   * What the training on one image found.
   *
   * @param label index of the class whose loss was held
   * @param prediction index of the class predicted through the mask
   * @param probability the label's, through the mask
   * @param cleanProbability the label's, without mask
   * @param invariance squared difference of the losses with and without the mask
   * @param seconds time from the image's first to its last step
   */
  public record ImageResult(
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
      double seconds)
      implements Result {

    /** Whether the class predicted through the mask is the label. */
    public boolean predictionKept() {
      return prediction == label;
    }

    @Override
    public boolean converged() {
      return stopReason == StopReason.CONVERGED;
    }
  }

  /**
   * What the training on the images of a split, or of one of its classes, found.
   *
   * @param label index of the class whose images they are, or null for all
   * @param labelName name of that class, or null
   * @param unmaskedAccuracy share of the images classified right without mask, or null where
   *     unknown
   * @param maskedAccuracy the same through the mask
   * @param epochs passes over the images
   * @param keptEpoch the epoch whose end the mask is from, 0 if none kept enough of the accuracy
   * @param invariance mean of that epoch, or null where unknown
   */
  public record ModelResult(
      Integer label,
      String labelName,
      Double unmaskedAccuracy,
      Double maskedAccuracy,
      int epochs,
      int keptEpoch,
      double sparsity,
      Double invariance,
      int steps,
      StopReason stopReason,
      double seconds)
      implements Result {

    @Override
    public boolean converged() {
      return keptEpoch > 0;
    }
  }

  /**
   * The artefacts of a mask.
   *
   * @param archive .npz with the mask, its curves and its metadata
   * @param plane .bin, the full plane, float32 little endian, row-major, unshifted
   * @param masked .png, the image through the mask, or null where it is not kept
   * @param input .bin, the image that the mask was learned on, normalised, float32 little endian,
   *     row-major; null where it is the photograph itself
   */
  public record Files(String archive, String plane, String masked, String input) {

    /** Of a mask that was learned on a photograph itself, or on many. */
    public Files(String archive, String plane, String masked) {
      this(archive, plane, masked, null);
    }
  }
}
