package io.fouriermasks.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * All that is needed to run a job again.
 *
 * @param kind what is made
 * @param model id of the network
 * @param images ids of the images, each once
 * @param preset name of the settings
 * @param maxSteps most steps an image may take
 * @param seed start of every random choice
 */
public record JobSpecification(
    Kind kind, String model, List<String> images, String preset, int maxSteps, long seed) {

  public static final String DEFAULT_PRESET = "paper";
  public static final int DEFAULT_MAX_STEPS = 20_000;
  public static final long DEFAULT_SEED = 31;

  public JobSpecification {
    images = List.copyOf(images);
  }

  /** What a job makes. */
  public enum Kind {
    /** One mask for each image. */
    @JsonProperty("image-mask")
    IMAGE_MASK
  }

  /** Masks of single images with the published settings. */
  public static JobSpecification imageMask(String model, List<String> images) {
    return new JobSpecification(
        Kind.IMAGE_MASK, model, images, DEFAULT_PRESET, DEFAULT_MAX_STEPS, DEFAULT_SEED);
  }
}
