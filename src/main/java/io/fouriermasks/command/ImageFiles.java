package io.fouriermasks.command;

import io.fouriermasks.dataset.EvaluationTransform;
import io.fouriermasks.dataset.ImageDecoder;
import io.fouriermasks.dataset.UnreadableImageException;
import io.fouriermasks.network.ModelCard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Photographs that the user names. */
final class ImageFiles {

  @Option(
      names = "--images",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "photographs, PNG or JPEG")
  private List<Path> paths;

  List<Path> paths() {
    return paths;
  }

  /** Decodes all of them into the network's input: normalised, size x size each. */
  List<float[]> read(ModelCard card) {
    return read(paths, card);
  }

  /** The same of files that {@code --images} names. */
  static List<float[]> read(List<Path> paths, ModelCard card) {
    ImageDecoder decoder = new ImageDecoder(ImageDecoder.Limits.FOLDER);
    EvaluationTransform transform = new EvaluationTransform(card.size());
    List<float[]> images = new ArrayList<>();
    for (Path path : paths) {
      if (!Files.isRegularFile(path)) {
        throw new UsageException("--images: there is no file " + path);
      }
      try {
        images.add(transform.apply(decoder.decode(path)).normalised(card.mean(), card.std()));
      } catch (UnreadableImageException e) {
        throw new UsageException("--images: %s: %s".formatted(path, e.getMessage()), e);
      }
    }
    return images;
  }
}
