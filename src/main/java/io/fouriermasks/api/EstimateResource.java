package io.fouriermasks.api;

import io.fouriermasks.job.EngineLoader;
import io.fouriermasks.job.Estimates;
import io.fouriermasks.job.SpeedTrial;
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
  private final SpeedTrial trial;
  private final EngineLoader engine;

  EstimateResource(Estimates estimates, SpeedTrial trial, EngineLoader engine) {
    this.estimates = estimates;
    this.trial = trial;
    this.engine = engine;
  }

  /** How long a job takes. */
  @Schema(name = "Estimate")
  public record EstimateView(
      @Schema(description = "The likely time, or null where it is not known.") Double seconds,
      @Schema(description = "The least, or null.") Double from,
      @Schema(description = "The most, or null.") Double to,
      @Schema(
              description =
                  "`measured` while earlier jobs ran, or before; `unknown`: never measured.")
          String basis,
      @Schema(description = "A sentence.") String text) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary =
          "How long a job would take, by the speed of earlier ones on this device. Starts nothing.")
  public EstimateView estimate(@NotNull JobSpecification specification) {
    return view(estimates.of(specification));
  }

  @POST
  @Path("measurements")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary =
          "Measures the speed of a job by some seconds of its steps, and estimates by that. Refused"
              + " with 409 while jobs run or wait.")
  public EstimateView measure(@NotNull JobSpecification specification) {
    return view(trial.measure(specification));
  }

  private EstimateView view(Estimates.Estimate found) {
    return new EstimateView(
        found.seconds(),
        found.from(),
        found.to(),
        found.rate() == null ? "unknown" : "measured",
        Estimates.sentence(found, engine.status().device()));
  }
}
