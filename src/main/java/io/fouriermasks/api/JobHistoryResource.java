package io.fouriermasks.api;

import io.fouriermasks.store.EndReason;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.Jobs;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What has become of a job, and why. */
@Path("/api/jobs")
@Tag(name = "Jobs")
@Produces(MediaType.APPLICATION_JSON)
public class JobHistoryResource {

  private final Jobs jobs;

  JobHistoryResource(Jobs jobs) {
    this.jobs = jobs;
  }

  /** A state that a job came into. */
  @Schema(name = "JobMoment", description = "A state that a job came into.")
  public record MomentView(
      Instant at,
      JobState state,
      @Schema(description = "Why, or null where the state says it.") EndReason reason,
      @Schema(description = "What went wrong or happened, in a sentence, or null.") String error,
      @Schema(description = "The process that worked on it last, or null.") String worker,
      @Schema(description = "How often work on it had been begun.") long begun) {

    private static MomentView of(Jobs.Moment moment) {
      return new MomentView(
          moment.at(),
          moment.job().state(),
          moment.job().reason(),
          moment.job().error(),
          moment.job().worker(),
          moment.job().begun());
    }
  }

  @GET
  @Path("{id}/history")
  @Operation(summary = "Every state that a job was in, with the time, the worker and the reason.")
  public Listing<MomentView> history(String id) {
    return new Listing<>(
        jobs.history(Ids.number("job", id)).stream().map(MomentView::of).toList(), null);
  }
}
