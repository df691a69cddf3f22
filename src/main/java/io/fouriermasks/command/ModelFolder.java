package io.fouriermasks.command;

import io.fouriermasks.dataset.Augmentation;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.network.InvalidWeightsException;
import io.fouriermasks.network.ModelCard;
import io.fouriermasks.network.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The trained models of a folder, {@code ARCHITECTURE_basemodel_AUGMENTATION.safetensors}. */
final class ModelFolder {

  private static final Pattern NAME =
      Pattern.compile("([a-z0-9]+)_basemodel_([a-z]+)\\.safetensors");

  /** In the method's order. */
  private static final List<String> AUGMENTATIONS =
      Arrays.stream(Augmentation.values()).map(Augmentation::code).toList();

  @Option(
      names = {"--pretrained_model_folder", "--pretrained-model-folder"},
      required = true,
      paramLabel = "DIR",
      description = "folder of ARCHITECTURE_basemodel_AUGMENTATION.safetensors")
  private Path folder;

  @Option(
      names = "--architecture",
      paramLabel = "NAME",
      description = "compact, resnet or vgg (default: all that are there)")
  private String architecture;

  @Option(
      names = "--augmentation",
      split = ",",
      defaultValue = "all",
      paramLabel = "NAME",
      description = "n, adv, sn, tn, rn, or all that are there (default: ${DEFAULT-VALUE})")
  private List<String> augmentations;

  /**
   * A model that was found.
   *
   * @param file of its weights
   * @param architecture as it is named in the file's name
   * @param augmentation as it is named in the file's name
   * @param card from the file
   */
  record Found(Path file, String architecture, String augmentation, ModelCard card) {

    Weights weights() throws IOException {
      return Weights.read(file);
    }
  }

  /**
   * A folder that was named otherwise than by this mixin.
   *
   * @param architecture may be null if the folder has only one
   */
  static ModelFolder of(Path folder, String architecture) {
    ModelFolder models = new ModelFolder();
    models.folder = folder;
    models.architecture = architecture;
    models.augmentations = List.of("all");
    return models;
  }

  /** The one model of an augmentation. */
  Found one(String augmentation) throws IOException {
    List<Found> found =
        models().stream().filter(model -> model.augmentation().equals(augmentation)).toList();
    if (found.size() > 1) {
      throw new UsageException(
          "--architecture: %s has models of several; name one".formatted(folder));
    }
    if (found.isEmpty()) {
      throw new UsageException(
          ("--pretrained_model_folder: %s has no %s_basemodel_%s.safetensors; train it with"
                  + " train-models")
              .formatted(
                  folder, architecture == null ? "ARCHITECTURE" : architecture, augmentation));
    }
    return found.get(0);
  }

  /** Those that were asked for, by architecture and augmentation. Reads only their headers. */
  List<Found> models() throws IOException {
    requireNames();
    if (!Files.isDirectory(folder)) {
      throw new UsageException(
          "--pretrained_model_folder: there is no folder %s; train-models writes one"
              .formatted(folder));
    }
    List<Found> found = new ArrayList<>();
    for (Path file : files()) {
      Matcher name = NAME.matcher(file.getFileName().toString());
      if (name.matches() && isWanted(name.group(1), name.group(2))) {
        found.add(new Found(file, name.group(1), name.group(2), card(file)));
      }
    }
    requireEach(found);
    found.sort(
        Comparator.comparing(Found::architecture)
            .thenComparing(model -> AUGMENTATIONS.indexOf(model.augmentation())));
    return found;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private void requireNames() {
    if (architecture != null) {
      try {
        architecture = Architecture.of(architecture).cliName();
      } catch (IllegalArgumentException e) {
        throw new UsageException("--architecture: " + e.getMessage(), e);
      }
    }
    for (String name : augmentations) {
      if (!isAll() && !AUGMENTATIONS.contains(name)) {
        throw new UsageException(
            "--augmentation: there is no augmentation '%s'; use n, adv, sn, tn, rn or all"
                .formatted(name));
      }
    }
  }

  private boolean isAll() {
    return augmentations.equals(List.of("all"));
  }

  private boolean isWanted(String foundArchitecture, String augmentation) {
    return (architecture == null || architecture.equals(foundArchitecture))
        && (isAll() || augmentations.contains(augmentation));
  }

  private static ModelCard card(Path file) throws IOException {
    try {
      return Weights.readCard(file);
    } catch (InvalidWeightsException e) {
      throw new UsageException("--pretrained_model_folder: " + e.getMessage(), e);
    }
  }

  private void requireEach(List<Found> found) {
    String wanted = architecture == null ? "ARCHITECTURE" : architecture;
    if (found.isEmpty() && isAll()) {
      throw new UsageException(
          ("--pretrained_model_folder: %s has no %s_basemodel_AUGMENTATION.safetensors; train one with"
                  + " train-models")
              .formatted(folder, wanted));
    }
    for (String name : isAll() ? List.<String>of() : augmentations) {
      if (found.stream().noneMatch(model -> model.augmentation().equals(name))) {
        throw new UsageException(
            ("--augmentation: %s has no %s_basemodel_%s.safetensors; train it with train-models, or"
                    + " leave '%s' out")
                .formatted(folder, wanted, name, name));
      }
    }
  }
}
