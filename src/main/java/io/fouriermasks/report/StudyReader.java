package io.fouriermasks.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.dataset.Augmentation;
import io.fouriermasks.dataset.ImageFolder;
import io.fouriermasks.dataset.InvalidDatasetException;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.network.InvalidWeightsException;
import io.fouriermasks.network.ModelCard;
import io.fouriermasks.network.Weights;
import io.fouriermasks.report.StudyFolders.Part;
import io.fouriermasks.training.ArchivedMask;
import io.fouriermasks.training.MaskArchive;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the folders of a study. Files with other names are passed over. */
public final class StudyReader {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String ARCHITECTURE =
      Arrays.stream(Architecture.values())
          .map(Architecture::cliName)
          .collect(Collectors.joining("|", "(", ")"));
  private static final String AUGMENTATION =
      Arrays.stream(Augmentation.values())
          .map(Augmentation::code)
          .collect(Collectors.joining("|", "(", ")"));
  private static final Pattern MODEL =
      Pattern.compile(ARCHITECTURE + "_basemodel_" + AUGMENTATION + "\\.safetensors");
  private static final Pattern MASK =
      Pattern.compile(ARCHITECTURE + "_mask_" + AUGMENTATION + "(?:_(.+))?\\.npz");
  private static final Pattern IMAGE_MASKS = Pattern.compile(ARCHITECTURE + "_imagemask_([a-z]+)");

  private final StudyFolders folders;
  private final Optional<Architecture> only;
  private final Progress progress;

  /**
   * @param folders to read
   * @param only the architecture to look at; empty for all
   * @param progress told of the files
   */
  public StudyReader(StudyFolders folders, Optional<Architecture> only, Progress progress) {
    this.folders = folders;
    this.only = only;
    this.progress = progress;
  }

  /**
   * Reads masks whole, of models only the headers, of photographs only the names.
   *
   * @throws InvalidStudyException if a folder is not there or a file of the study is damaged
   * @throws IOException if a file cannot be read
   */
  public Study read() throws IOException {
    Study study = new Study(models(), masks(), imageMasks(), testData());
    requireFitting(study);
    return study;
  }

  private static void requireFitting(Study study) {
    if (study.testData().isEmpty()) {
      return;
    }
    List<String> folders = study.testData().get().classes();
    for (StudyModel model : study.models()) {
      if (model.card().classes().size() != folders.size()) {
        throw new InvalidStudyException(
            Part.TEST_DATA,
            "the split has the %d classes %s, but %s knows %s; give the split it was trained with"
                .formatted(folders.size(), folders, model.name(), model.card().classes()));
      }
    }
    for (StudyImageMask mask : study.imageMasks()) {
      if (!folders.contains(mask.classFolder())) {
        throw new InvalidStudyException(
            Part.IMAGE_MASKS,
            "%s is of the class %s, but the split has %s; give the split they were trained with"
                .formatted(mask.file(), mask.classFolder(), folders));
      }
    }
  }

  private List<StudyModel> models() throws IOException {
    List<StudyModel> models = new ArrayList<>();
    for (Path file : list(Part.MODELS)) {
      Matcher name = MODEL.matcher(name(file));
      if (!name.matches() || !isWanted(name.group(1))) {
        continue;
      }
      try {
        ModelCard card = Weights.readCard(file);
        if (!card.architecture().cliName().equals(name.group(1))) {
          throw new InvalidStudyException(
              Part.MODELS,
              "%s holds the weights of a %s; rename it"
                  .formatted(file, card.architecture().cliName()));
        }
        models.add(new StudyModel(file, card, Augmentation.of(name.group(2)), record(file)));
      } catch (InvalidWeightsException e) {
        throw new InvalidStudyException(Part.MODELS, e.getMessage(), e);
      }
    }
    models.sort(
        Comparator.comparing(StudyModel::architecture).thenComparing(StudyModel::augmentation));
    return models;
  }

  private static Optional<JsonNode> record(Path weights) throws IOException {
    Path file = weights.resolveSibling(name(weights).replace(".safetensors", ".json"));
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readTree(Files.readAllBytes(file)));
    } catch (JsonProcessingException e) {
      throw new InvalidStudyException(
          Part.MODELS, "%s is no JSON; remove it or train again".formatted(file), e);
    }
  }

  private List<StudyMask> masks() throws IOException {
    List<StudyMask> masks = new ArrayList<>();
    for (Path file : list(Part.MASKS)) {
      Matcher name = MASK.matcher(name(file));
      if (name.matches() && isWanted(name.group(1))) {
        ArchivedMask archive = archive(Part.MASKS, file);
        masks.add(
            new StudyMask(
                file,
                Architecture.of(name.group(1)),
                Augmentation.of(name.group(2)),
                Optional.ofNullable(name.group(3)),
                archive.mask(),
                archive.meta()));
      }
    }
    masks.sort(
        Comparator.comparing(StudyMask::architecture)
            .thenComparing(StudyMask::augmentation)
            .thenComparing(mask -> mask.classFolder().orElse("")));
    return masks;
  }

  private List<StudyImageMask> imageMasks() throws IOException {
    record Found(Path file, Architecture architecture, Variant variant) {}
    List<Found> found = new ArrayList<>();
    for (Path folder : list(Part.IMAGE_MASKS)) {
      Matcher name = IMAGE_MASKS.matcher(name(folder));
      Optional<Variant> variant = name.matches() ? Variant.of(name.group(2)) : Optional.empty();
      if (variant.isPresent() && isWanted(name.group(1))) {
        for (Path file : archives(folder)) {
          found.add(new Found(file, Architecture.of(name.group(1)), variant.get()));
        }
      }
    }
    List<StudyImageMask> masks = new ArrayList<>();
    try (Progress.Task task = progress.begin("reading masks", found.size(), "masks")) {
      for (Found one : found) {
        ArchivedMask archive = archive(Part.IMAGE_MASKS, one.file());
        if (!archive.meta().path("label").canConvertToInt()) {
          throw new InvalidStudyException(
              Part.IMAGE_MASKS, one.file() + " does not say which class it was trained to hold");
        }
        masks.add(
            new StudyImageMask(
                one.file(),
                one.architecture(),
                one.variant(),
                name(one.file().getParent()),
                name(one.file()).replaceFirst("\\.npz$", ""),
                archive.mask(),
                archive.meta()));
        task.onProgress(masks.size());
      }
    }
    masks.sort(
        Comparator.comparing(StudyImageMask::architecture)
            .thenComparing(StudyImageMask::variant)
            .thenComparing(StudyImageMask::key));
    return masks;
  }

  private static List<Path> archives(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder, 2, FileVisitOption.FOLLOW_LINKS)) {
      return files
          .filter(file -> name(file).endsWith(".npz") && !file.getParent().equals(folder))
          .sorted()
          .toList();
    }
  }

  private static ArchivedMask archive(Part part, Path file) throws IOException {
    try {
      return MaskArchive.read(Files.readAllBytes(file));
    } catch (IllegalArgumentException e) {
      throw new InvalidStudyException(
          part, "%s: %s. Remove it or train it again".formatted(file, e.getMessage()), e);
    }
  }

  private Optional<ImageFolder> testData() {
    try {
      return folders.testData().map(ImageFolder::open);
    } catch (InvalidDatasetException e) {
      throw new InvalidStudyException(Part.TEST_DATA, e.getMessage(), e);
    }
  }

  private List<Path> list(Part part) throws IOException {
    Optional<Path> folder = folders.of(part);
    if (folder.isEmpty()) {
      return List.of();
    }
    if (!Files.isDirectory(folder.get())) {
      throw new InvalidStudyException(part, "there is no folder " + folder.get());
    }
    try (Stream<Path> files = Files.list(folder.get())) {
      return files.sorted().toList();
    }
  }

  private boolean isWanted(String architecture) {
    return only.map(Architecture::cliName).map(architecture::equals).orElse(true);
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }
}
