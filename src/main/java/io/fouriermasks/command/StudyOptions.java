package io.fouriermasks.command;

import io.fouriermasks.dataset.ClassNames;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.report.InvalidStudyException;
import io.fouriermasks.report.Progress;
import io.fouriermasks.report.Study;
import io.fouriermasks.report.StudyFolders;
import io.fouriermasks.report.StudyModel;
import io.fouriermasks.report.StudyReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The folders of a study. */
final class StudyOptions {

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "folder of ARCHITECTURE_basemodel_AUGMENTATION.safetensors")
  private Path models;

  @Option(
      names = "--masks",
      paramLabel = "DIR",
      description =
          "folder of ARCHITECTURE_mask_AUGMENTATION.npz and of class masks"
              + " ARCHITECTURE_mask_AUGMENTATION_CLASS.npz")
  private Path masks;

  @Option(
      names = {"--image_masks", "--image-masks"},
      paramLabel = "DIR",
      description = "folder of ARCHITECTURE_imagemask_VARIANT/CLASS/IMAGE.npz")
  private Path imageMasks;

  @Option(
      names = {"--test_data", "--test-data"},
      paramLabel = "DIR",
      description = "folder of the evaluation split: DIR/CLASS/*.jpg")
  private Path testData;

  @Option(
      names = "--architecture",
      paramLabel = "NAME",
      description = "compact, resnet or vgg (default: all that are there)")
  private String architecture;

  /** Reads them; at least one is needed. */
  Study read(Progress progress) throws IOException {
    if (models == null && masks == null && imageMasks == null) {
      throw new UsageException(
          "there is nothing to analyse: give --masks, --image_masks or --models");
    }
    StudyFolders folders =
        new StudyFolders(
            Optional.ofNullable(models),
            Optional.ofNullable(masks),
            Optional.ofNullable(imageMasks),
            Optional.ofNullable(testData));
    try {
      Study study = new StudyReader(folders, architecture(), progress).read();
      if (study.architectures().isEmpty()) {
        throw new UsageException(
            "there is nothing to analyse in %s; the names of its files must be as --help says"
                .formatted(models != null ? models : masks != null ? masks : imageMasks));
      }
      requireClasses(study);
      return study;
    } catch (InvalidStudyException e) {
      throw usage(e);
    }
  }

  private static void requireClasses(Study study) {
    if (study.testData().isEmpty()) {
      return;
    }
    List<String> folders = study.testData().get().classes();
    for (StudyModel model : study.models()) {
      if (!ClassNames.match(folders, model.card().classes())) {
        throw new UsageException(
            "--test_data: its classes are %s, but %s knows %s; give the split it was trained with"
                .formatted(ClassNames.readable(folders), model.name(), model.card().classes()));
      }
    }
  }

  private Optional<Architecture> architecture() {
    try {
      return Optional.ofNullable(architecture).map(Architecture::of);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--architecture: " + e.getMessage(), e);
    }
  }

  /** The same with the option that names the folder. */
  static UsageException usage(InvalidStudyException e) {
    String option =
        switch (e.part()) {
          case MODELS -> "--models";
          case MASKS -> "--masks";
          case IMAGE_MASKS -> "--image_masks";
          case TEST_DATA -> "--test_data";
        };
    return new UsageException(option + ": " + e.getMessage(), e);
  }
}
