package io.fouriermasks.report;

import io.fouriermasks.dataset.Augmentation;
import io.fouriermasks.dataset.ImageFolder;
import io.fouriermasks.network.Architecture;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The files that an analysis looks at. Every list may be empty: an analysis says what it lacks.
 *
 * @param models by architecture, then in the method's order of augmentations
 * @param masks whole-model masks and class masks in the same order
 * @param imageMasks by architecture, variant, class folder and name
 * @param testData the evaluation split
 */
public record Study(
    List<StudyModel> models,
    List<StudyMask> masks,
    List<StudyImageMask> imageMasks,
    Optional<ImageFolder> testData) {

  /** Nothing at all. */
  public static final Study EMPTY = new Study(List.of(), List.of(), List.of(), Optional.empty());

  public Study {
    models = List.copyOf(models);
    masks = List.copyOf(masks);
    imageMasks = List.copyOf(imageMasks);
  }

  /** The architectures of which there is anything. */
  public List<Architecture> architectures() {
    TreeSet<Architecture> found = new TreeSet<>();
    models.forEach(model -> found.add(model.architecture()));
    masks.forEach(mask -> found.add(mask.architecture()));
    imageMasks.forEach(mask -> found.add(mask.architecture()));
    return List.copyOf(found);
  }

  /** The network of this architecture and training. */
  public Optional<StudyModel> model(Architecture architecture, Augmentation augmentation) {
    return models.stream()
        .filter(model -> model.architecture() == architecture)
        .filter(model -> model.augmentation() == augmentation)
        .findFirst();
  }

  /** All whole-model masks. */
  public List<StudyMask> modelMasks() {
    return masks.stream().filter(mask -> mask.classFolder().isEmpty()).toList();
  }

  /** The whole-model masks of an architecture. */
  public List<StudyMask> modelMasks(Architecture architecture) {
    return modelMasks().stream().filter(mask -> mask.architecture() == architecture).toList();
  }

  /** The whole-model mask of this architecture and training. */
  public Optional<StudyMask> modelMask(Architecture architecture, Augmentation augmentation) {
    return modelMasks(architecture).stream()
        .filter(mask -> mask.augmentation() == augmentation)
        .findFirst();
  }

  /** The class masks of an architecture. */
  public List<StudyMask> classMasks(Architecture architecture) {
    return masks.stream()
        .filter(mask -> mask.classFolder().isPresent())
        .filter(mask -> mask.architecture() == architecture)
        .toList();
  }

  /** The single-image masks of an architecture in one variant. */
  public List<StudyImageMask> imageMasks(Architecture architecture, Variant variant) {
    return imageMasks.stream()
        .filter(mask -> mask.architecture() == architecture && mask.variant() == variant)
        .toList();
  }

  /** Folders of the classes in label order. */
  public List<String> classFolders() {
    return testData
        .map(ImageFolder::classes)
        .orElseGet(
            () ->
                imageMasks.stream().map(StudyImageMask::classFolder).distinct().sorted().toList());
  }

  /** Names of the classes, if there is a model that knows them; else those of the folders. */
  public List<String> classNames() {
    if (!models.isEmpty()) {
      return models.get(0).card().classes();
    }
    return classFolders();
  }
}
