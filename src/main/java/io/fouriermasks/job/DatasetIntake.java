package io.fouriermasks.job;

import io.fouriermasks.dataset.ImageDecoder;
import io.fouriermasks.dataset.UnreadableImageException;
import io.fouriermasks.job.data.Dataset;
import io.fouriermasks.job.data.Datasets;
import io.fouriermasks.store.Actor;
import io.fouriermasks.store.DeletedFiles;
import io.fouriermasks.store.DiskSpace;
import io.fouriermasks.store.LabConfig;
import io.fouriermasks.store.UserStorage;
import jakarta.inject.Singleton;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Takes in datasets that are uploaded as .zip: folders of classes, or the folders {@code train},
 * {@code val}, {@code test} with folders of classes, with or without one folder around it all.
 * Nothing of a file is trusted: entries are counted and bounded, names may only lead down, and of
 * the pictures nothing is kept but their pixels. The dataset is there in one move, or not at all.
 */
@Singleton
public class DatasetIntake {

  /** What the names of folders begin with that are being filled. */
  static final String INCOMING = ".incoming-";

  private static final int MOST_ENTRIES = 50_000;
  private static final long MOST_BYTES = 8L << 30;
  private static final Pattern DATASET = Pattern.compile("[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])?");
  private static final Pattern NAME =
      Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N} ._(),+-]{0,149}");

  /** A file system takes 255, with the ending. */
  private static final int MOST_NAME_BYTES = 240;

  private static final Set<String> RESERVED = Set.of("train", "val", "test", "all");

  private final Datasets datasets;
  private final DiskSpace space;
  private final UserStorage storage;
  private final DeletedFiles deleted;
  private final int mostOfFile;
  private final ImageDecoder decoder = new ImageDecoder(ImageDecoder.Limits.UPLOAD);

  DatasetIntake(
      Datasets datasets,
      LabConfig config,
      DiskSpace space,
      UserStorage storage,
      DeletedFiles deleted) {
    this.deleted = deleted;
    this.storage = storage;
    this.space = space;
    this.datasets = datasets;
    this.mostOfFile = Math.toIntExact(config.uploads().maxFileSize().asLongValue());
  }

  /** A picture's entry and where it goes: {@code [SPLIT/]CLASS/FILE}. */
  private record Picture(ZipEntry entry, List<String> path) {}

  /**
   * Keeps the pictures of an archive as a dataset. Blocks: pictures are decoded.
   *
   * @param zip the archive
   * @param name of the dataset
   * @param by who hands it in
   * @throws io.fouriermasks.store.StorageFullException if they have too little left; nothing is
   *     kept then
   * @throws InvalidSpecificationException naming the field {@code name} or {@code file} if it
   *     cannot be used; nothing is kept then
   */
  public Dataset take(Path zip, String name, Actor by) {
    space.require(zip.toFile().length());
    storage.require(by, zip.toFile().length());
    requireName(name);
    Path target = datasets.uploaded().resolve(name);
    Path incoming = datasets.uploaded().resolve(INCOMING + UUID.randomUUID());
    try (ZipFile archive = open(zip)) {
      List<Picture> pictures = pictures(archive);
      Files.createDirectories(incoming);
      long bytes = 0;
      for (Picture picture : pictures) {
        bytes += keep(archive, picture, incoming);
        require(bytes <= MOST_BYTES, "file", "It unpacks to more than 8 GB; send it in parts.");
      }
      storage.require(by, bytes);
      String id = id(name);
      deleted.forget(UserStorage.Kind.DATASET, id);
      move(incoming, target, name);
      storage.keep(UserStorage.Kind.DATASET, id, by.asMaker(), bytes);
      return datasets.get(id);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      discard(incoming);
    }
  }

  private static String id(String name) {
    return Datasets.UPLOADED + ":" + name;
  }

  private static void move(Path incoming, Path target, String name) throws IOException {
    try {
      Files.move(incoming, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      throw new InvalidSpecificationException(
          "name", "There is a dataset " + name + " already; choose another name.");
    }
  }

  private void requireName(String name) {
    require(
        name != null && DATASET.matcher(name).matches() && !RESERVED.contains(name),
        "name",
        "The name must be up to 60 small letters, digits and dashes, such as my-photos, and not"
            + " the name of a split.");
    require(
        !deleted.isRestorable(UserStorage.Kind.DATASET, id(name)),
        "name",
        "The dataset %s is deleted and can be restored on the page Datasets; restore it, or choose another name."
            .formatted(name));
    require(
        !Files.exists(datasets.uploaded().resolve(name)),
        "name",
        "There is a dataset " + name + " already; choose another name.");
  }

  private static ZipFile open(Path zip) throws IOException {
    try {
      return new ZipFile(zip.toFile());
    } catch (ZipException | EOFException e) {
      throw new InvalidSpecificationException("file", "This is no .zip file, or it is damaged.");
    }
  }

  /** The pictures of an archive; other files are refused, so that nothing is left out silently. */
  private static List<Picture> pictures(ZipFile archive) {
    require(
        archive.size() <= MOST_ENTRIES,
        "file",
        "It has more than " + MOST_ENTRIES + " entries; send it in parts.");
    List<Picture> found = new ArrayList<>();
    archive.stream()
        .filter(entry -> !entry.isDirectory() && !isOfAnOperatingSystem(entry.getName()))
        .forEach(entry -> found.add(new Picture(entry, path(entry.getName()))));
    List<Picture> pictures = withoutOuterFolder(found);
    Set<List<String>> places = new HashSet<>();
    Set<List<String>> classes = new HashSet<>();
    boolean divided = isDivided(pictures);
    for (Picture picture : pictures) {
      List<String> path = picture.path();
      require(
          path.size() == (divided ? 3 : 2),
          "file",
          "%s does not lie in a folder of a class%s."
              .formatted(picture.entry().getName(), divided ? " in train, val or test" : ""));
      require(
          places.add(withoutEnding(path)),
          "file",
          picture.entry().getName() + " is there twice, but for the ending.");
      classes.add(path.subList(0, path.size() - 1));
    }
    Map<List<String>, Set<String>> classesOfSplits =
        classes.stream()
            .collect(
                Collectors.groupingBy(
                    folders -> folders.subList(0, folders.size() - 1),
                    Collectors.mapping(
                        folders -> folders.get(folders.size() - 1), Collectors.toSet())));
    require(
        !classes.isEmpty()
            && classesOfSplits.values().stream().allMatch(names -> names.size() >= 2)
            && classesOfSplits.values().stream().distinct().count() == 1,
        "file",
        "It needs at least two classes, one folder of PNG or JPEG pictures for each, and the same"
            + " ones in every split.");
    return pictures;
  }

  /** The parts of a name, which may only lead down. */
  private static List<String> path(String name) {
    List<String> parts = List.of(name.split("/", -1));
    require(
        parts.stream()
            .allMatch(
                part ->
                    NAME.matcher(part).matches()
                        && part.getBytes(StandardCharsets.UTF_8).length <= MOST_NAME_BYTES),
        "file",
        "The name '%s' cannot be used: folders and files are named with letters, digits, spaces and"
                .formatted(name.replaceAll("[^\\p{L}\\p{N} ./_-]", "?"))
            + " ._(),+- only.");
    return parts;
  }

  private static boolean isOfAnOperatingSystem(String name) {
    String file = name.substring(name.lastIndexOf('/') + 1);
    return name.startsWith("__MACOSX/") || file.equals(".DS_Store") || file.equals("Thumbs.db");
  }

  private static List<Picture> withoutOuterFolder(List<Picture> pictures) {
    boolean isAround =
        !pictures.isEmpty()
            && pictures.stream().map(picture -> picture.path().get(0)).distinct().count() == 1
            && pictures.stream().allMatch(picture -> picture.path().size() >= 3)
            && !RESERVED.contains(pictures.get(0).path().get(0));
    return isAround
        ? pictures.stream()
            .map(
                picture ->
                    new Picture(picture.entry(), picture.path().subList(1, picture.path().size())))
            .toList()
        : pictures;
  }

  private static boolean isDivided(List<Picture> pictures) {
    return !pictures.isEmpty()
        && pictures.stream().allMatch(picture -> RESERVED.contains(picture.path().get(0)))
        && pictures.stream().noneMatch(picture -> picture.path().get(0).equals("all"));
  }

  private static List<String> withoutEnding(List<String> path) {
    List<String> place = new ArrayList<>(path);
    String file = place.remove(place.size() - 1);
    int dot = file.lastIndexOf('.');
    place.add(dot > 0 ? file.substring(0, dot) : file);
    return place;
  }

  /** Decodes a picture under limits and writes it anew; gives the bytes that it takes. */
  private long keep(ZipFile archive, Picture picture, Path folder) throws IOException {
    byte[] file;
    try (InputStream in = archive.getInputStream(picture.entry())) {
      file = in.readNBytes(mostOfFile + 1);
    } catch (ZipException | EOFException e) {
      throw new InvalidSpecificationException("file", picture.entry().getName() + " is damaged.");
    }
    require(
        file.length <= mostOfFile,
        "file",
        "%s is larger than the %d MB allowed."
            .formatted(picture.entry().getName(), mostOfFile >> 20));
    byte[] png;
    try {
      png = PngEncoder.encode(decoder.decode(file).toBufferedImage());
    } catch (UnreadableImageException e) {
      throw new InvalidSpecificationException(
          "file", "%s: %s".formatted(picture.entry().getName(), e.getMessage()));
    }
    Path target = target(folder, picture);
    Files.createDirectories(target.getParent());
    Files.write(target, png);
    return png.length;
  }

  private static Path target(Path folder, Picture picture) {
    Path place = folder;
    try {
      for (String part : withoutEnding(picture.path())) {
        place = place.resolve(part);
      }
    } catch (InvalidPathException e) {
      throw new InvalidSpecificationException(
          "file",
          ("The name '%s' cannot be written on this server, whose locale has no such letters; start the"
                  + " server with LC_ALL=C.UTF-8, or name the files with English letters.")
              .formatted(picture.entry().getName()));
    }
    return place.resolveSibling(place.getFileName() + ".png");
  }

  private static void require(boolean holds, String field, String otherwise) {
    if (!holds) {
      throw new InvalidSpecificationException(field, otherwise);
    }
  }

  private static void discard(Path incoming) {
    try {
      FileTree.delete(incoming);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
