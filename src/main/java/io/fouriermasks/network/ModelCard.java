package io.fouriermasks.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What is known of a trained network besides its weights: the metadata map of its file.
 *
 * @param architecture which network it is
 * @param augmentation how its training images were augmented: n, adv, sn, tn or rn
 * @param classes names of the classes in label order
 * @param mean mean that inputs are normalised by, in [0, 1] pixel units
 * @param std standard deviation that inputs are normalised by, in [0, 1] pixel units
 * @param size side of the square input in pixels
 * @param accuracy share of the evaluation split classified right, in [0, 1], if it was measured
 */
public record ModelCard(
    Architecture architecture,
    String augmentation,
    List<String> classes,
    float mean,
    float std,
    int size,
    OptionalDouble accuracy) {

  /** Side of the method's input in pixels, the only one that there is. */
  public static final int SIZE = 128;

  /** Mean and standard deviation of the method, and its 128 x 128 input. */
  public static ModelCard of(Architecture architecture, String augmentation, List<String> classes) {
    return new ModelCard(
        architecture, augmentation, classes, 0.449f, 0.226f, SIZE, OptionalDouble.empty());
  }

  public ModelCard {
    Objects.requireNonNull(architecture, "architecture");
    classes = List.copyOf(classes);
    if (classes.isEmpty()) {
      throw new IllegalArgumentException("A classifier needs at least one class");
    }
    if (classes.stream().anyMatch(name -> name.contains(","))) {
      throw new IllegalArgumentException("The name of a class must not contain a comma");
    }
  }

  /** The same card with a measured accuracy in [0, 1]. */
  public ModelCard withAccuracy(double measured) {
    return new ModelCard(
        architecture, augmentation, classes, mean, std, size, OptionalDouble.of(measured));
  }

  /** The conventional file name, such as {@code resnet_basemodel_adv.safetensors}. */
  public String fileName() {
    return "%s_basemodel_%s.safetensors".formatted(architecture.cliName(), augmentation);
  }

  /** The metadata map of a safetensors file; the accuracy is in percent. */
  Map<String, String> metadata() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("architecture", architecture.cliName());
    map.put("augmentation", augmentation);
    map.put("classes", String.join(",", classes));
    map.put("mean", Float.toString(mean));
    map.put("std", Float.toString(std));
    map.put("size", Integer.toString(size));
    accuracy.ifPresent(value -> map.put("accuracy", "%.2f".formatted(100 * value)));
    return map;
  }

  /**
   * Reads a metadata map.
   *
   * @throws IllegalArgumentException if an entry is missing or makes no sense
   */
  static ModelCard of(Map<String, String> metadata) {
    return new ModelCard(
        Architecture.of(require(metadata, "architecture")),
        metadata.getOrDefault("augmentation", "n"),
        new ArrayList<>(List.of(require(metadata, "classes").split(",", -1))),
        (float) positive(metadata, "mean", "0.449"),
        (float) positive(metadata, "std", "0.226"),
        size(metadata),
        metadata.containsKey("accuracy")
            ? OptionalDouble.of(positive(metadata, "accuracy", "0") / 100.0)
            : OptionalDouble.empty());
  }

  private static String require(Map<String, String> metadata, String key) {
    String value = metadata.get(key);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("its metadata has no '" + key + "'");
    }
    return value;
  }

  private static double positive(Map<String, String> metadata, String key, String otherwise) {
    String text = metadata.getOrDefault(key, otherwise);
    try {
      double value = Double.parseDouble(text);
      if (value >= 0 && Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below, as for a number out of range
    }
    throw new IllegalArgumentException("'%s' in its metadata is '%s'".formatted(key, text));
  }

  private static int size(Map<String, String> metadata) {
    String text = metadata.getOrDefault("size", "128");
    if (!text.equals("128")) {
      throw new IllegalArgumentException(
          "it was trained on images of %s pixels; only 128 is supported".formatted(text));
    }
    return 128;
  }
}
