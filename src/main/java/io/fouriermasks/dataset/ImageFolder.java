package io.fouriermasks.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A data set as torchvision's {@code ImageFolder} reads it: {@code root/CLASS/picture.jpg}. Each
 * folder in the root is a class; classes, and the files within each, are ordered by name (by code
 * point, upper case first). Hidden folders and files are passed over. Immutable: what was there
 * when it was opened.
 */
public final class ImageFolder {

  private static final List<String> ENDINGS = List.of(".jpg", ".jpeg", ".png");
  private static final Comparator<Path> BY_NAME =
      Comparator.comparing(path -> path.getFileName().toString());

  private final Path root;
  private final List<String> classes;
  private final List<LabelledImage> images;

  private ImageFolder(Path root, List<String> classes, List<LabelledImage> images) {
    this.root = root;
    this.classes = List.copyOf(classes);
    this.images = List.copyOf(images);
  }

  /**
   * Lists a folder; no file is opened.
   *
   * @throws InvalidDatasetException if the root is missing, has no class folder, or a class has no
   *     .jpg, .jpeg or .png file
   */
  public static ImageFolder open(Path root) {
    if (!Files.isDirectory(root)) {
      throw new InvalidDatasetException(
          ("There is no folder %s; give the path of a folder that has one folder of pictures per"
                  + " class.")
              .formatted(root));
    }
    List<Path> folders = list(root, Files::isDirectory);
    if (folders.isEmpty()) {
      throw new InvalidDatasetException(
          ("The folder %s has no class folders; put the pictures of each class into a"
                  + " folder of their own in it.")
              .formatted(root));
    }
    List<String> classes = new ArrayList<>();
    List<LabelledImage> images = new ArrayList<>();
    for (Path folder : folders) {
      List<Path> files = list(folder, ImageFolder::isPicture);
      if (files.isEmpty()) {
        throw new InvalidDatasetException(
            ("The class folder %s has no .jpg, .jpeg or .png file; add pictures or"
                    + " remove the folder.")
                .formatted(folder));
      }
      for (Path file : files) {
        images.add(new LabelledImage(file, classes.size()));
      }
      classes.add(folder.getFileName().toString());
    }
    return new ImageFolder(root, classes, images);
  }

  /**
   * Two parts of a folder.
   *
   * @param rest what is used
   * @param heldOut what is kept apart
   */
  public record Parts(ImageFolder rest, ImageFolder heldOut) {}

  /**
   * Holds out a share of each class, at least one picture of it, drawn by the seed.
   *
   * @param share in (0, 1)
   * @throws InvalidDatasetException if a class has too few pictures to be divided
   */
  public Parts holdOut(double share, long seed) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("A share to hold out lies in (0, 1), not " + share);
    }
    SplittableRandom random = new SplittableRandom(seed);
    List<LabelledImage> rest = new ArrayList<>();
    List<LabelledImage> heldOut = new ArrayList<>();
    for (int label = 0; label < classes.size(); label++) {
      int wanted = label;
      List<LabelledImage> own =
          new ArrayList<>(images.stream().filter(image -> image.label() == wanted).toList());
      int out = Math.max(1, (int) Math.round(share * own.size()));
      if (out == own.size()) {
        throw new InvalidDatasetException(
            "The class %s has only %d pictures: %s of them cannot be held out."
                .formatted(classes.get(label), own.size(), share));
      }
      for (int i = 0; i < out; i++) {
        heldOut.add(own.remove(random.nextInt(own.size())));
      }
      rest.addAll(own);
    }
    return new Parts(new ImageFolder(root, classes, rest), new ImageFolder(root, classes, heldOut));
  }

  private static List<Path> list(Path folder, Predicate<Path> wanted) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(path -> !path.getFileName().toString().startsWith("."))
          .filter(wanted)
          .sorted(BY_NAME)
          .toList();
    } catch (IOException e) {
      throw new InvalidDatasetException(
          "The folder %s cannot be listed; check its permissions.".formatted(folder), e);
    }
  }

  private static boolean isPicture(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(name::endsWith) && Files.isRegularFile(file);
  }

  /** The folder that was opened. */
  public Path root() {
    return root;
  }

  /** Names of the class folders; the index is the label. */
  public List<String> classes() {
    return classes;
  }

  /** All files, class by class. */
  public List<LabelledImage> images() {
    return images;
  }
}
