package io.fouriermasks.command;

import io.fouriermasks.dataset.ClassNames;
import io.fouriermasks.dataset.EvaluationDataset;
import io.fouriermasks.dataset.EvaluationTransform;
import io.fouriermasks.dataset.ImageFolder;
import io.fouriermasks.dataset.InvalidDatasetException;
import java.io.PrintWriter;
import java.nio.file.Path;

/**
 * The folder that {@code --test_data} names.
 *
 * @param path as the user gave it
 * @param images what was found there
 */
record EvaluationSplit(Path path, ImageFolder images) {

  static EvaluationSplit open(Path path) {
    try {
      return new EvaluationSplit(path, ImageFolder.open(path));
    } catch (InvalidDatasetException e) {
      throw new UsageException("--test_data: " + e.getMessage(), e);
    }
  }

  /** Its own name, such as {@code val}. */
  String name() {
    return path.toAbsolutePath().normalize().getFileName().toString();
  }

  /** A model and the images that it is tried on must speak of the same classes. */
  void requireClassesOf(ModelFolder.Found model) {
    if (!ClassNames.match(images.classes(), model.card().classes())) {
      throw new UsageException(
          ("--test_data: the classes of %s are %s, but %s knows %s; give the evaluation split that"
                  + " it was trained with, or choose other models")
              .formatted(
                  path,
                  ClassNames.readable(images.classes()),
                  model.file().getFileName(),
                  model.card().classes()));
    }
  }

  /** Decodes all of it, with progress. */
  EvaluationDataset decode(int size, PrintWriter out) {
    return decode(images, size, out);
  }

  /** Decodes a part of it, with progress. */
  static EvaluationDataset decode(ImageFolder images, int size, PrintWriter out) {
    int total = images.images().size();
    try (Terminal terminal = Terminal.of(out, "decoding", total)) {
      return EvaluationDataset.load(
          images, new EvaluationTransform(size), done -> terminal.update(done, total, ""));
    } catch (InvalidDatasetException e) {
      throw new UsageException("--test_data: " + e.getMessage(), e);
    }
  }
}
