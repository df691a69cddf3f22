package io.fouriermasks.job;

import io.fouriermasks.dataset.Augmentation;
import io.fouriermasks.dataset.ClassNames;
import io.fouriermasks.job.data.Dataset;
import io.fouriermasks.job.data.Datasets;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.store.DeletedFiles;
import io.fouriermasks.store.Images;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.Jobs;
import io.fouriermasks.store.Model;
import io.fouriermasks.store.Models;
import io.fouriermasks.store.Page;
import io.fouriermasks.store.UserStorage;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a job could be done with what the lab has; if so its specification is completed, so that
 * it names everything. Every refusal is an {@link InvalidSpecificationException} that names the
 * field.
 */
@Singleton
class SpecificationCheck {

  private static final int MAX_IMAGES = 500;
  private static final int MAX_STEPS = 1_000_000;
  private static final int MAX_EPOCHS = 10_000;
  private static final int MAX_BATCH = 4096;
  private static final int MAX_RADIUS = 91;
  private static final double MAX_NORM = 1000;
  private static final Pattern FAMILY = Pattern.compile("[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])?");

  private final Models models;
  private final Images images;
  private final Jobs jobs;
  private final Datasets datasets;
  private final DeletedFiles deleted;

  SpecificationCheck(
      Models models, Images images, Jobs jobs, Datasets datasets, DeletedFiles deleted) {
    this.deleted = deleted;
    this.models = models;
    this.images = images;
    this.jobs = jobs;
    this.datasets = datasets;
  }

  /** The id of the network that a complete specification looks at or makes. */
  static String model(JobSpecification complete) {
    return complete instanceof JobSpecification.TrainModel made
        ? ModelCatalogue.id(made.family(), made.architecture(), made.augmentation())
        : complete.model();
  }

  /**
   * The specification with everything that it leaves open.
   *
   * @throws InvalidSpecificationException if it cannot be done
   */
  JobSpecification complete(JobSpecification asked) {
    JobSpecification complete = complete(asked, Map.of());
    if (complete.kind() == JobSpecification.Kind.TRAIN_MODEL) {
      requireNew(model(complete));
    }
    return complete;
  }

  /**
   * The specification with everything that it leaves open, where it may look at a network that is
   * yet to be made. Whether one that it makes is there already is not looked at.
   *
   * @param planned names of the classes of the networks that are to be made before, by their ids
   * @throws InvalidSpecificationException if it cannot be done
   */
  JobSpecification complete(JobSpecification asked, Map<String, List<String>> planned) {
    return switch (asked.kind()) {
      case IMAGE_MASK -> complete((JobSpecification.ImageMasks) asked, planned);
      case MODEL_MASK -> complete((JobSpecification.ModelMask) asked, planned);
      case CLASS_MASK -> complete((JobSpecification.ClassMasks) asked, planned);
      case TRAIN_MODEL -> complete((JobSpecification.TrainModel) asked);
      case HEAT_MAP -> complete((JobSpecification.HeatMap) asked, planned);
    };
  }

  /** The names of the classes of the network that a complete specification makes. */
  List<String> classes(JobSpecification.TrainModel complete) {
    return ClassNames.readable(classFolders(datasetOf(complete), Dataset.TRAIN));
  }

  private JobSpecification complete(
      JobSpecification.ImageMasks asked, Map<String, List<String>> planned) {
    requirePreset(asked.preset(), JobSpecification.PAPER, JobSpecification.FAST);
    require(
        asked.maxSteps() >= 1 && asked.maxSteps() <= MAX_STEPS,
        "maxSteps",
        "The number of steps must be 1 to " + MAX_STEPS + ".");
    classesOf(asked, planned);
    List<String> wanted = asked.images();
    require(
        !wanted.isEmpty() && wanted.size() <= MAX_IMAGES,
        "images",
        "A job takes 1 to " + MAX_IMAGES + " images.");
    require(
        wanted.stream().noneMatch(id -> id == null || id.isBlank()),
        "images",
        "An image has no id.");
    Set<String> known = images.known(wanted);
    Set<String> seen = new HashSet<>();
    for (String image : wanted) {
      require(known.contains(image), "images", "There is no image " + image + ".");
      require(seen.add(image), "images", "Image " + image + " is named twice.");
    }
    return asked;
  }

  private JobSpecification complete(
      JobSpecification.ModelMask asked, Map<String, List<String>> planned) {
    return checked(asked, classesOf(asked, planned));
  }

  private JobSpecification.ModelMask checked(JobSpecification.ModelMask asked, List<String> known) {
    requirePreset(asked.preset(), JobSpecification.PAPER, JobSpecification.MINIBATCH);
    boolean paper = asked.preset().equals(JobSpecification.PAPER);
    require(
        paper ? asked.batchSize() == 1 : asked.batchSize() >= 2 && asked.batchSize() <= MAX_BATCH,
        "batchSize",
        paper
            ? "The preset paper has one image a step; choose the preset minibatch for more."
            : "The preset minibatch has 2 to " + MAX_BATCH + " images a step.");
    requireEpochs(asked.epochs());
    require(
        asked.accuracyRatio() > 0 && asked.accuracyRatio() <= 1,
        "accuracyRatio",
        "The share of the accuracy to keep must be above 0 and at most 1.");
    String split = splitFor(asked, asked.split(), known);
    return new JobSpecification.ModelMask(
        asked.model(),
        asked.dataset(),
        split,
        asked.preset(),
        asked.batchSize(),
        asked.epochs(),
        asked.accuracyRatio(),
        asked.seed());
  }

  private JobSpecification complete(
      JobSpecification.ClassMasks asked, Map<String, List<String>> planned) {
    List<String> known = classesOf(asked, planned);
    JobSpecification.ModelMask settings = checked(asked.settings(), known);
    return new JobSpecification.ClassMasks(
        asked.model(),
        asked.dataset(),
        settings.split(),
        classes(asked.classes(), known),
        settings.preset(),
        settings.batchSize(),
        settings.epochs(),
        settings.accuracyRatio(),
        settings.seed());
  }

  /** Names, in the order asked for; all if none are. */
  private static List<String> classes(List<String> asked, List<String> known) {
    List<String> names = new ArrayList<>();
    for (String wanted : asked) {
      String name = className(wanted, known);
      require(!names.contains(name), "classes", "The class " + name + " is named twice.");
      names.add(name);
    }
    return names.isEmpty() ? known : names;
  }

  private static String className(String wanted, List<String> known) {
    if (wanted != null && known.contains(wanted)) {
      return wanted;
    }
    if (wanted != null && wanted.matches("\\d{1,5}") && Integer.parseInt(wanted) < known.size()) {
      return known.get(Integer.parseInt(wanted));
    }
    throw new InvalidSpecificationException(
        "classes",
        "The model knows no class %s; its classes are %s."
            .formatted(wanted, String.join(", ", known)));
  }

  private JobSpecification complete(JobSpecification.TrainModel asked) {
    requirePreset(asked.preset(), JobSpecification.PAPER, JobSpecification.QUICK);
    requireNamed("architecture", asked.architecture(), Architecture::of);
    requireNamed("augmentation", asked.augmentation(), Augmentation::of);
    requireEpochs(asked.epochs());
    require(
        asked.batchSize() >= 2 && asked.batchSize() <= MAX_BATCH,
        "batchSize",
        "A step has 2 to " + MAX_BATCH + " images.");
    require(
        asked.learningRate() > 0 && asked.learningRate() <= 1,
        "learningRate",
        "The learning rate must be above 0 and at most 1, such as 0.001.");
    require(
        asked.minCrop() > 0 && asked.minCrop() <= 1,
        "minCrop",
        "The smallest crop must be above 0 and at most 1.");
    Dataset dataset = datasetOf(asked);
    for (String split : List.of(Dataset.TRAIN, Dataset.VAL)) {
      require(
          dataset.split(split).isPresent(),
          "dataset",
          "The dataset %s has no split %s: put a folder %s with one folder a class into it."
              .formatted(dataset.id(), split, split));
    }
    require(
        classFolders(dataset, Dataset.TRAIN).equals(classFolders(dataset, Dataset.VAL)),
        "dataset",
        "The splits train and val of the dataset %s have different classes."
            .formatted(dataset.id()));
    String family = asked.family() == null ? family(dataset) : asked.family();
    requireFamily(family);
    return new JobSpecification.TrainModel(
        asked.architecture(),
        asked.augmentation(),
        asked.dataset(),
        family,
        asked.preset(),
        asked.epochs(),
        asked.batchSize(),
        asked.learningRate(),
        asked.minCrop(),
        asked.seed());
  }

  /** The name of a folder of models. */
  static void requireFamily(String family) {
    require(
        FAMILY.matcher(family).matches(),
        "family",
        "The family must be up to 60 small letters, digits and dashes, such as my-photos.");
  }

  /** Masks belong to the weights that they were learned on: a model is never replaced. */
  void requireNew(String model) {
    require(
        !deleted.isRestorable(UserStorage.Kind.MODEL, model),
        "family",
        ModelCatalogue.deletedMessage(model));
    require(
        models.available().stream().noneMatch(known -> known.id().equals(model)),
        "family",
        "There is a model %s already, and masks may belong to it; choose another family."
            .formatted(model));
    Optional<Job> making =
        jobs
            .list(
                new Jobs.Filter(null, JobSpecification.Kind.TRAIN_MODEL, model, null),
                Page.START,
                MAX_IMAGES)
            .items()
            .stream()
            .filter(job -> !job.state().isFinal())
            .findFirst();
    require(
        making.isEmpty(),
        "family",
        "Job %d is making the model %s already; choose another family."
            .formatted(making.map(Job::id).orElse(0L), model));
  }

  private JobSpecification complete(
      JobSpecification.HeatMap asked, Map<String, List<String>> planned) {
    List<String> known = classesOf(asked, planned);
    require(
        asked.norm() > 0 && asked.norm() <= MAX_NORM,
        "norm",
        "The norm must be above 0 and at most 1000.");
    require(
        asked.radius() >= 0 && asked.radius() <= MAX_RADIUS,
        "radius",
        "The radius must be 0 to 91; 91 is the whole plane.");
    require(
        asked.images() >= 1 && asked.images() <= MAX_EPOCHS,
        "images",
        "A heat map takes 1 to 10000 images.");
    return new JobSpecification.HeatMap(
        asked.model(),
        asked.dataset(),
        splitFor(asked, asked.split(), known),
        asked.norm(),
        asked.radius(),
        asked.images(),
        asked.seed());
  }

  /** The names of the classes of the network that is looked at. */
  private List<String> classesOf(JobSpecification asked, Map<String, List<String>> planned) {
    require(asked.model() != null && !asked.model().isBlank(), "model", "No model is named.");
    List<String> classes = planned.get(asked.model());
    if (classes != null) {
      return classes;
    }
    require(
        !deleted.isRestorable(UserStorage.Kind.MODEL, asked.model()),
        "model",
        "The model %s is deleted; restore it on the page Models, or choose another."
            .formatted(asked.model()));
    return models
        .find(asked.model())
        .map(Model::classes)
        .orElseThrow(
            () ->
                new InvalidSpecificationException(
                    "model", "There is no model " + asked.model() + "."));
  }

  private Dataset datasetOf(JobSpecification asked) {
    require(
        asked.dataset() != null && !asked.dataset().isBlank(), "dataset", "No dataset is named.");
    return datasets
        .find(asked.dataset())
        .orElseThrow(
            () ->
                new InvalidSpecificationException(
                    "dataset", "There is no dataset " + asked.dataset() + "."));
  }

  /** The split that is asked for or the one to evaluate on, with the classes of the model. */
  private String splitFor(JobSpecification asked, String wanted, List<String> known) {
    Dataset dataset = datasetOf(asked);
    Dataset.Split split =
        (wanted == null ? dataset.evaluation() : dataset.split(wanted))
            .orElseThrow(
                () ->
                    new InvalidSpecificationException(
                        "split",
                        "The dataset %s has the splits %s; name one of them."
                            .formatted(
                                dataset.id(),
                                String.join(
                                    ", ",
                                    dataset.splits().stream().map(Dataset.Split::name).toList()))));
    List<String> folders = split.classes().stream().map(Dataset.ImageClass::folder).toList();
    require(
        ClassNames.match(folders, known),
        "dataset",
        ("The classes of the dataset are %s, but the model knows %s; choose the dataset that it was"
                + " trained with.")
            .formatted(String.join(", ", ClassNames.readable(folders)), String.join(", ", known)));
    return split.name();
  }

  private static List<String> classFolders(Dataset dataset, String split) {
    return dataset.split(split).orElseThrow().classes().stream()
        .map(Dataset.ImageClass::folder)
        .toList();
  }

  /** The family that the networks of a dataset belong to where none is named. */
  String family(String dataset) {
    return datasets
        .find(dataset)
        .map(SpecificationCheck::family)
        .orElseThrow(
            () ->
                new InvalidSpecificationException(
                    "dataset", "There is no dataset " + dataset + "."));
  }

  private static String family(Dataset dataset) {
    String slug = ModelCatalogue.slug(dataset.name());
    return slug.length() <= 60 ? slug : slug.substring(0, 60).replaceAll("-$", "");
  }

  private interface Names {
    Object of(String name);
  }

  private static void requireNamed(String field, String name, Names names) {
    require(name != null && !name.isBlank(), field, "No %s is named.".formatted(field));
    try {
      names.of(name);
    } catch (IllegalArgumentException e) {
      throw new InvalidSpecificationException(field, e.getMessage() + ".");
    }
  }

  private static void requirePreset(String preset, String... known) {
    require(
        List.of(known).contains(preset),
        "preset",
        "The preset must be one of " + String.join(", ", known) + ".");
  }

  private static void requireEpochs(int epochs) {
    require(
        epochs >= 1 && epochs <= MAX_EPOCHS,
        "epochs",
        "The number of epochs must be 1 to " + MAX_EPOCHS + ".");
  }

  private static void require(boolean holds, String field, String message) {
    if (!holds) {
      throw new InvalidSpecificationException(field, message);
    }
  }
}
