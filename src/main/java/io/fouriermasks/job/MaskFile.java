package io.fouriermasks.job;

import io.fouriermasks.store.Mask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The file of a mask in a folder, and what its name says.
 *
 * @param family of its network
 * @param architecture of its network
 * @param augmentation of its network
 * @param variant how its image was shown, or null if it was learned over many images
 */
record MaskFile(
    Path file,
    Mask.Kind kind,
    String family,
    String architecture,
    String augmentation,
    String variant) {

  /** Of masks, in the data folder and in the samples. */
  static final String FOLDER = "masks";

  private static final Pattern OF_MODEL = Pattern.compile("([a-z0-9]+)_mask_([a-z]+)(_.+)?\\.npz");
  private static final Pattern OF_IMAGES = Pattern.compile("([a-z0-9]+)_imagemask_([a-z]+)");
  private static final String PLAIN = "n";

  /**
   * All that {@code ROOT/masks/FAMILY} holds, by family and name, those of models before those of
   * images.
   *
   * @throws IOException if a folder cannot be listed
   */
  static List<MaskFile> below(Path root) throws IOException {
    List<MaskFile> files = new ArrayList<>();
    for (Path family : entries(root.resolve(FOLDER))) {
      List<MaskFile> ofImages = new ArrayList<>();
      for (Path entry : entries(family)) {
        collect(entry, family.getFileName().toString(), files, ofImages);
      }
      files.addAll(ofImages);
    }
    return files;
  }

  private static void collect(
      Path entry, String family, List<MaskFile> ofModels, List<MaskFile> ofImages)
      throws IOException {
    String name = entry.getFileName().toString();
    Matcher model = OF_MODEL.matcher(name);
    if (model.matches()) {
      Mask.Kind kind = model.group(3) == null ? Mask.Kind.MODEL_MASK : Mask.Kind.CLASS_MASK;
      ofModels.add(new MaskFile(entry, kind, family, model.group(1), model.group(2), null));
    }
    Matcher images = OF_IMAGES.matcher(name);
    if (images.matches()) {
      String variant = images.group(2);
      String augmentation = variant.equals(Mask.ATTACKED) ? PLAIN : variant;
      for (Path classFolder : entries(entry)) {
        for (Path file : entries(classFolder)) {
          if (file.getFileName().toString().endsWith(".npz")) {
            ofImages.add(
                new MaskFile(
                    file, Mask.Kind.IMAGE_MASK, family, images.group(1), augmentation, variant));
          }
        }
      }
    }
  }

  private static List<Path> entries(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }
}
