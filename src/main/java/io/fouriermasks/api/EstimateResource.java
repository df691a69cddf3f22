package io.fouriermasks.api;

import io.fouriermasks.job.EngineLoader;
import io.fouriermasks.job.Estimates;
import io.fouriermasks.store.JobSpecification;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How long jobs take. */
@Path("/api/estimates")
@Tag(name = "Jobs")
@Produces(MediaType.APPLICATION_JSON)
public class EstimateResource {

  private final Estimates estimates;
  private final EngineLoader engine;

  EstimateResource(Estimates estimates, EngineLoader engine) {
    this.estimates = estimates;
    this.engine = engine;
  }

  /** How long a job takes. */
  @Schema(name = "Estimate")
  public record EstimateView(
      @Schema(description = "The likely time, or null where it is not known.") Double seconds,
      @Schema(description = "The least, or null.") Double from,
      @Schema(description = "The most, or null.") Double to,
      @Schema(description = "`job`: measured while earlier jobs ran; `unknown`: never measured.")
          String basis,
      @Schema(description = "A sentence.") String text) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary =
          "How long a job would take, by the speed of earlier ones on this device. Starts nothing.")
  public EstimateView estimate(@NotNull JobSpecification specification) {
    Estimates.Estimate found = estimates.of(specification);
    return new EstimateView(
        found.seconds(),
        found.from(),
        found.to(),
        found.rate() == null ? "unknown" : "job",
        Estimates.sentence(found, engine.status().device()));
  }
}
