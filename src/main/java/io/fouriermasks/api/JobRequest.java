package io.fouriermasks.api;

import io.fouriermasks.store.JobSpecification;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is to be done. */
@Schema(description = "A job to be done.")
public record JobRequest(
    @NotNull JobSpecification.Kind kind,
    @NotBlank @Schema(description = "Id of the network.") String model,
    @NotEmpty @Schema(description = "Ids of the images, each once, at most 500.")
        List<@NotBlank String> images,
    @Schema(description = "Name of the settings.", defaultValue = "paper") String preset,
    @Schema(description = "Most steps an image may take.", defaultValue = "20000") Integer maxSteps,
    @Schema(description = "Start of every random choice.", defaultValue = "31") Long seed) {

  JobSpecification specification() {
    return new JobSpecification(
        kind,
        model,
        images,
        preset == null ? JobSpecification.DEFAULT_PRESET : preset,
        maxSteps == null ? JobSpecification.DEFAULT_MAX_STEPS : maxSteps,
        seed == null ? JobSpecification.DEFAULT_SEED : seed);
  }
}
