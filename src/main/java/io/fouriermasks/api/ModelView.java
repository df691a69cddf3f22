package io.fouriermasks.api;

import io.fouriermasks.job.ModelImport;
import io.fouriermasks.store.Model;
import java.nio.file.Files;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A trained network. */
@Schema(name = "Model", description = "A trained network.")
public record ModelView(
    String id,
    String name,
    @Schema(description = "The data it was trained on.") String family,
    @Schema(description = "compact, resnet or vgg.") String architecture,
    @Schema(description = "n, adv, sn, tn or rn.") String augmentation,
    List<String> classes,
    @Schema(description = "Of the evaluation split, 0 to 1; null where unknown.") Double accuracy,
    long parameters,
    @Schema(description = "Whether there is a record of its training.") boolean recorded) {

  static ModelView of(Model model) {
    return new ModelView(
        model.id(),
        model.name(),
        model.family(),
        model.architecture(),
        model.augmentation(),
        model.classes(),
        model.accuracy(),
        model.parameters(),
        Files.isReadable(ModelImport.record(model)));
  }
}
