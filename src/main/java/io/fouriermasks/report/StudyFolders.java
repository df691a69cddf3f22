package io.fouriermasks.report;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a study lies. Each part may be missing.
 *
 * @param models {@code ARCHITECTURE_basemodel_AUGMENTATION.safetensors}, and perhaps .json beside
 * @param masks {@code ARCHITECTURE_mask_AUGMENTATION.npz} and {@code
 *     ARCHITECTURE_mask_AUGMENTATION_CLASSFOLDER.npz}
 * @param imageMasks {@code ARCHITECTURE_imagemask_VARIANT/CLASSFOLDER/IMAGE.npz}
 * @param testData {@code CLASSFOLDER/IMAGE.jpg} (or .png): the evaluation split
 */
public record StudyFolders(
    Optional<Path> models,
    Optional<Path> masks,
    Optional<Path> imageMasks,
    Optional<Path> testData) {

  /** One of the folders. */
  public enum Part {
    MODELS,
    MASKS,
    IMAGE_MASKS,
    TEST_DATA
  }

  /** The folder of a part. */
  public Optional<Path> of(Part part) {
    return switch (part) {
      case MODELS -> models;
      case MASKS -> masks;
      case IMAGE_MASKS -> imageMasks;
      case TEST_DATA -> testData;
    };
  }
}
