package io.fouriermasks.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.fouriermasks.dataset.Augmentation;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.spectrum.FourierMask;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The mask of a whole model, or of one class under a model.
 *
 * @param file it was read from
 * @param architecture of the model
 * @param augmentation of the model
 * @param classFolder name of the class's folder; empty for a whole-model mask
 * @param mask as it was trained
 * @param meta what its archive says of its training
 */
public record StudyMask(
    Path file,
    Architecture architecture,
    Augmentation augmentation,
    Optional<String> classFolder,
    FourierMask mask,
    JsonNode meta) {

  /** Such as {@code compact adv}, or {@code compact adv church}. */
  public String name() {
    return "%s %s%s"
        .formatted(
            architecture.cliName(),
            augmentation.code(),
            classFolder.map(folder -> " " + folder).orElse(""));
  }

  /** Whether it keeps the accuracy that it was trained to keep (trap D5). */
  public boolean converged() {
    return meta.path("converged").asBoolean(false);
  }

  /** {@code yes} or {@code no}, for tables. */
  String convergedText() {
    return converged() ? "yes" : "no";
  }
}
