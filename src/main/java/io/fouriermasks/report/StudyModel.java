package io.fouriermasks.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.fouriermasks.dataset.Augmentation;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.network.ModelCard;
import io.fouriermasks.network.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A trained network of a study. Its weights stay on the disk until they are needed.
 *
 * @param file of the weights
 * @param card from the file's header
 * @param augmentation how it was trained
 * @param record settings and curve of its training, if they lie beside the weights
 */
public record StudyModel(
    Path file, ModelCard card, Augmentation augmentation, Optional<JsonNode> record) {

  /** Which network it is. */
  public Architecture architecture() {
    return card.architecture();
  }

  /** Such as {@code compact adv}. */
  public String name() {
    return card.architecture().cliName() + " " + augmentation.code();
  }

  /**
   * Reads the weights.
   *
   * @throws io.fouriermasks.network.InvalidWeightsException if the file is damaged
   */
  public Weights weights() {
    try {
      return Weights.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException("The weights %s cannot be read".formatted(file), e);
    }
  }
}
