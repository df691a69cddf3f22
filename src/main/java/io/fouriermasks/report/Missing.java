package io.fouriermasks.report;

import io.fouriermasks.dataset.Augmentation;
import io.fouriermasks.network.Architecture;

/** How a report says that something is not there, and what makes it. */
final class Missing {

  static final String MODELS =
      "No models are there. Run train-models, and give its --model_save_folder as --models.";

  static final String MODEL_MASKS =
      "No whole-model masks are there. Run train-masks, and give its --mask_save_folder as --masks.";

  static final String CLASS_MASKS =
      "No class masks are there. Run train-masks --per-class into the same folder.";

  static final String IMAGE_MASKS =
      "No masks of single photographs are there. Run train-image-masks, and give the folder as"
          + " --image_masks.";

  static final String TEST_DATA =
      "No photographs are there. Give the evaluation split as --test_data DIR.";

  private Missing() {}

  static String model(Architecture architecture, Augmentation augmentation) {
    return "The model %s %s is not there. Run train-models --architecture %s --augmentation %s."
        .formatted(
            architecture.cliName(),
            augmentation.code(),
            architecture.cliName(),
            augmentation.code());
  }

  static String modelMask(Architecture architecture, Augmentation augmentation) {
    return "The whole-model mask %s %s is not there. Run train-masks --architecture %s --augmentation %s."
        .formatted(
            architecture.cliName(),
            augmentation.code(),
            architecture.cliName(),
            augmentation.code());
  }

  static String imageMasks(Architecture architecture, Variant variant) {
    return "No masks of single photographs of %s in the variant %s are there. Run train-image-masks --variants %s."
        .formatted(architecture.cliName(), variant.code(), variant.code());
  }
}
