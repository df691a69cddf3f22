package io.fouriermasks.store;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * All that is needed to run a job again. A number or name that is null when a specification is made
 * has the published setting, so that a request need not name everything; what is left null after
 * that is for the check of what the lab has ({@code split}, {@code classes}, {@code family}).
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = JobSpecification.ImageMasks.class, name = "image-mask"),
  @JsonSubTypes.Type(value = JobSpecification.ModelMask.class, name = "model-mask"),
  @JsonSubTypes.Type(value = JobSpecification.ClassMasks.class, name = "class-mask"),
  @JsonSubTypes.Type(value = JobSpecification.TrainModel.class, name = "train-model"),
  @JsonSubTypes.Type(value = JobSpecification.HeatMap.class, name = "heat-map")
})
public sealed interface JobSpecification {

  /** The published settings. */
  String PAPER = "paper";

  /** Preset: the same objective, searched for in fewer steps. */
  String FAST = "fast";

  /** Of masks over many images: several images a step. */
  String MINIBATCH = "minibatch";

  /** Of models: settings for few images and a laptop. */
  String QUICK = "quick";

  long DEFAULT_SEED = 31;

  /** What a job makes. */
  enum Kind {
    /** One mask for each image. */
    @JsonProperty("image-mask")
    IMAGE_MASK("image-mask"),
    /** One mask for all images of a split. */
    @JsonProperty("model-mask")
    MODEL_MASK("model-mask"),
    /** One mask for the images of each class. */
    @JsonProperty("class-mask")
    CLASS_MASK("class-mask"),
    /** A trained network. */
    @JsonProperty("train-model")
    TRAIN_MODEL("train-model"),
    /** The error of a network by the frequency that is disturbed. */
    @JsonProperty("heat-map")
    HEAT_MAP("heat-map");

    private final String urlName;

    Kind(String urlName) {
      this.urlName = urlName;
    }

    /** As addresses and requests spell it. */
    public String urlName() {
      return urlName;
    }

    /** What to say of a request that names no kind, or one that there is not. */
    public static String refusal(String named) {
      try {
        of(named);
        return "The kind of a job is missing.";
      } catch (IllegalArgumentException e) {
        return e.getMessage();
      }
    }

    /**
     * The kind of that name.
     *
     * @throws IllegalArgumentException if there is none; the message lists the names
     */
    public static Kind of(String urlName) {
      return Stream.of(values())
          .filter(kind -> kind.urlName.equals(urlName))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "The kind of a job must be one of "
                          + String.join(", ", Stream.of(values()).map(Kind::urlName).toList())
                          + "."));
    }
  }

  /** What is made. */
  Kind kind();

  /** Id of the network that is looked at, or null if the job makes one. */
  default String model() {
    return null;
  }

  /** Ids of the uploaded pictures that it works on; empty if it works on a dataset. */
  default List<String> imageIds() {
    return List.of();
  }

  /** Id of the dataset that it works on, or null. */
  default String dataset() {
    return null;
  }

  /** Start of every random choice. */
  Long seed();

  /**
   * One mask for each image.
   *
   * @param model id of the network
   * @param images ids of the pictures, each once
   * @param attacked whether the masks are learned on the pictures after an attack on the network
   * @param preset {@link #PAPER} or {@link #FAST}
   * @param maxSteps most steps an image may take
   */
  record ImageMasks(
      String model,
      List<String> images,
      boolean attacked,
      String preset,
      Integer maxSteps,
      Long seed)
      implements JobSpecification {

    public static final int DEFAULT_MAX_STEPS = 20_000;

    public ImageMasks {
      images = copy(images);
      preset = requireNonNullElse(preset, PAPER);
      maxSteps = requireNonNullElse(maxSteps, DEFAULT_MAX_STEPS);
      seed = requireNonNullElse(seed, DEFAULT_SEED);
    }

    @Override
    public Kind kind() {
      return Kind.IMAGE_MASK;
    }

    @Override
    public List<String> imageIds() {
      return images;
    }
  }

  /**
   * One mask for all images of a split.
   *
   * @param model id of the network
   * @param dataset id of the dataset
   * @param split name of its split; null for the one to evaluate on
   * @param preset {@link #PAPER}, one image a step, or {@link #MINIBATCH}
   * @param batchSize images a step
   * @param epochs passes over the images at most
   * @param accuracyRatio share of the accuracy without mask that an epoch must keep
   */
  record ModelMask(
      String model,
      String dataset,
      String split,
      String preset,
      Integer batchSize,
      Integer epochs,
      Double accuracyRatio,
      Long seed)
      implements JobSpecification {

    public static final int DEFAULT_EPOCHS = 100;
    public static final double DEFAULT_ACCURACY_RATIO = 0.99;
    public static final int DEFAULT_MINIBATCH = 16;

    public ModelMask {
      preset = requireNonNullElse(preset, PAPER);
      batchSize = requireNonNullElse(batchSize, preset.equals(MINIBATCH) ? DEFAULT_MINIBATCH : 1);
      epochs = requireNonNullElse(epochs, DEFAULT_EPOCHS);
      accuracyRatio = requireNonNullElse(accuracyRatio, DEFAULT_ACCURACY_RATIO);
      seed = requireNonNullElse(seed, DEFAULT_SEED);
    }

    @Override
    public Kind kind() {
      return Kind.MODEL_MASK;
    }
  }

  /**
   * One mask for the images of each class.
   *
   * @param classes names of the classes, or their indexes; null for all
   */
  record ClassMasks(
      String model,
      String dataset,
      String split,
      List<String> classes,
      String preset,
      Integer batchSize,
      Integer epochs,
      Double accuracyRatio,
      Long seed)
      implements JobSpecification {

    public ClassMasks {
      classes = copy(classes);
      ModelMask settings =
          new ModelMask(model, dataset, split, preset, batchSize, epochs, accuracyRatio, seed);
      preset = settings.preset();
      batchSize = settings.batchSize();
      epochs = settings.epochs();
      accuracyRatio = settings.accuracyRatio();
      seed = settings.seed();
    }

    /** What each of its masks is made by. */
    public ModelMask settings() {
      return new ModelMask(model, dataset, split, preset, batchSize, epochs, accuracyRatio, seed);
    }

    @Override
    public Kind kind() {
      return Kind.CLASS_MASK;
    }
  }

  /**
   * A network, trained on the split {@code train} of a dataset and judged on its split {@code val}.
   *
   * @param architecture {@code compact}, {@code resnet} or {@code vgg}
   * @param augmentation {@code n}, {@code adv}, {@code sn}, {@code tn} or {@code rn}
   * @param dataset id of the dataset
   * @param family name of the folder that the weights go to; null for the dataset's name
   * @param preset {@link #PAPER} or {@link #QUICK}
   * @param epochs passes over the images
   * @param batchSize images a step
   * @param learningRate peak of the schedule
   * @param minCrop smallest share of an image that a random crop keeps
   */
  record TrainModel(
      String architecture,
      String augmentation,
      String dataset,
      String family,
      String preset,
      Integer epochs,
      Integer batchSize,
      Double learningRate,
      Double minCrop,
      Long seed)
      implements JobSpecification {

    public TrainModel {
      preset = requireNonNullElse(preset, PAPER);
      boolean quick = preset.equals(QUICK);
      augmentation = requireNonNullElse(augmentation, "n");
      epochs = requireNonNullElse(epochs, quick ? 30 : 50);
      batchSize = requireNonNullElse(batchSize, quick ? 32 : 128);
      learningRate = requireNonNullElse(learningRate, quick ? 0.004 : 0.001);
      minCrop = requireNonNullElse(minCrop, quick ? 0.25 : 0.08);
      seed = requireNonNullElse(seed, DEFAULT_SEED);
    }

    @Override
    public Kind kind() {
      return Kind.TRAIN_MODEL;
    }
  }

  /**
   * The error of a network by the frequency that is disturbed.
   *
   * @param model id of the network
   * @param dataset id of the dataset
   * @param split name of its split; null for the one to evaluate on
   * @param norm L2 norm of the disturbance in normalised units
   * @param radius of the frequencies that are measured, in cells
   * @param images how many images of the split are disturbed
   */
  record HeatMap(
      String model,
      String dataset,
      String split,
      Double norm,
      Integer radius,
      Integer images,
      Long seed)
      implements JobSpecification {

    /** A root mean square of 4 % of the pixel range. */
    public static final double DEFAULT_NORM = 23;

    public static final int DEFAULT_RADIUS = 16;
    public static final int DEFAULT_IMAGES = 50;

    public HeatMap {
      norm = requireNonNullElse(norm, DEFAULT_NORM);
      radius = requireNonNullElse(radius, DEFAULT_RADIUS);
      images = requireNonNullElse(images, DEFAULT_IMAGES);
      seed = requireNonNullElse(seed, DEFAULT_SEED);
    }

    @Override
    public Kind kind() {
      return Kind.HEAT_MAP;
    }
  }

  /** Masks of single images with the published settings. */
  static ImageMasks imageMasks(String model, List<String> images) {
    return new ImageMasks(model, images, false, null, null, null);
  }

  /** Keeps nulls, which the check of a request then names. */
  private static List<String> copy(List<String> names) {
    return Collections.unmodifiableList(
        new ArrayList<>(Objects.requireNonNullElse(names, List.of())));
  }
}
