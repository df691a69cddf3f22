package io.fouriermasks.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.JobSpecification.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything for each combination of architecture, augmentation and seed: a training, unless the
 * networks are there, and masks of what it makes. The combinations of the first seed come first,
 * and the masks of a network right after its training, so that there is something to compare early.
 *
 * @param dataset id of the dataset that is trained on and that masks are learned over
 * @param split of the masks; null for the one to evaluate on
 * @param family of the networks; null for the dataset's name
 * @param seeds start of every random choice; networks of another than {@link
 *     JobSpecification#DEFAULT_SEED} are of a family of their own, {@code FAMILY-sSEED}
 * @param train settings of the trainings, without what varies; null if the networks are there
 * @param masks specifications without model, dataset and seed
 */
public record Sweep(
    String name,
    String dataset,
    String split,
    String family,
    List<String> architectures,
    List<String> augmentations,
    List<Long> seeds,
    ObjectNode train,
    List<ObjectNode> masks)
    implements StudyRequest {

  private static final List<String> OF_THE_STUDY = List.of("model", "dataset", "split", "seed");
  private static final List<String> OF_THE_STUDY_IN_TRAININGS =
      List.of("kind", "architecture", "augmentation", "dataset", "family", "seed");

  public Sweep {
    seeds = seeds == null ? List.of(JobSpecification.DEFAULT_SEED) : seeds;
    masks = masks == null ? List.of() : masks;
  }

  @Override
  public boolean reuses() {
    return true;
  }

  @Override
  public List<Part> parts(ModelNames names) {
    check();
    String common = family == null ? names.family(dataset) : family;
    List<Part> parts = new ArrayList<>();
    for (long seed : seeds) {
      String ofSeed = familyOf(common, seed);
      for (String architecture : architectures) {
        for (String augmentation : augmentations) {
          Integer training = train == null ? null : parts.size();
          if (train != null) {
            parts.add(training(ofSeed, architecture, augmentation, seed));
          }
          for (int i = 0; i < masks.size(); i++) {
            parts.add(mask(i, names.id(ofSeed, architecture, augmentation), seed, training));
          }
        }
      }
    }
    return parts;
  }

  /** A model is never replaced, so those of each seed are of a family of their own. */
  private String familyOf(String common, long seed) {
    return train == null || seed == JobSpecification.DEFAULT_SEED ? common : common + "-s" + seed;
  }

  private Part training(String family, String architecture, String augmentation, long seed) {
    ObjectNode asked = train.deepCopy();
    asked.put("kind", Kind.TRAIN_MODEL.urlName());
    asked.put("architecture", architecture);
    asked.put("augmentation", augmentation);
    asked.put("dataset", dataset);
    asked.put("family", family);
    asked.put("seed", seed);
    return new Part(
        "train",
        Map.of(
            "architecture", "architectures",
            "augmentation", "augmentations",
            "dataset", "dataset",
            "family", "family"),
        StudyDocument.specification("train", asked),
        null);
  }

  private Part mask(int index, String model, long seed, Integer training) {
    String path = "masks[" + index + "]";
    ObjectNode asked = masks.get(index).deepCopy();
    asked.put("model", model);
    asked.put("seed", seed);
    if (isOfDataset(asked)) {
      asked.put("dataset", dataset);
      asked.put("split", split);
    }
    return new Part(
        path,
        Map.of("model", "family", "dataset", "dataset", "split", "split"),
        StudyDocument.specification(path, asked),
        training);
  }

  private static boolean isOfDataset(ObjectNode mask) {
    return !mask.path("kind").asText().equals(Kind.IMAGE_MASK.urlName());
  }

  private void check() {
    requireEach("architectures", architectures);
    requireEach("augmentations", augmentations);
    requireEach("seeds", seeds);
    require(seeds.stream().noneMatch(seed -> seed < 0), "seeds", "A seed must not be negative.");
    require(
        train != null || !masks.isEmpty(), "masks", "The study makes neither models nor masks.");
    require(
        family != null || train != null,
        "family",
        "Name the family of the models, or give the study a 'train' that makes them.");
    if (train != null) {
      requireWithout("train", train, OF_THE_STUDY_IN_TRAININGS);
    }
    for (int i = 0; i < masks.size(); i++) {
      String path = "masks[" + i + "]";
      require(masks.get(i) != null, path, "A mask is missing.");
      require(
          !masks.get(i).path("kind").asText().equals(Kind.TRAIN_MODEL.urlName()),
          path + ".kind",
          "Models are trained by 'train'; this is the place of what is learned on them.");
      requireWithout(path, masks.get(i), OF_THE_STUDY);
    }
    require(
        dataset != null || (train == null && masks.stream().noneMatch(Sweep::isOfDataset)),
        "dataset",
        "No dataset is named.");
    long jobs =
        (long) seeds.size()
            * architectures.size()
            * augmentations.size()
            * (masks.size() + (train == null ? 0 : 1));
    require(
        jobs <= MAX_JOBS,
        "seeds",
        "The study would have %d jobs; it may have %d. Divide it.".formatted(jobs, MAX_JOBS));
  }

  private static void requireEach(String field, List<?> values) {
    require(
        values != null && !values.isEmpty() && values.stream().noneMatch(each -> each == null),
        field,
        "'%s' must be a list of at least one.".formatted(field));
    require(values.size() <= MAX_JOBS, field, "'%s' has more than %d.".formatted(field, MAX_JOBS));
    Set<Object> seen = new HashSet<>();
    for (Object value : values) {
      require(seen.add(value), field, "%s is named twice.".formatted(value));
    }
  }

  private static void requireWithout(String path, ObjectNode settings, List<String> fields) {
    for (String field : fields) {
      require(
          !settings.has(field),
          path + "." + field,
          "The study as a whole says that; leave out '%s' here.".formatted(field));
    }
  }

  private static void require(boolean holds, String field, String message) {
    if (!holds) {
      throw new InvalidSpecificationException(field, message);
    }
  }
}
