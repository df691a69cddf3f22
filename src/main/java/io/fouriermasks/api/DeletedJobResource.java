package io.fouriermasks.api;

import io.fouriermasks.access.CurrentVisitor;
import io.fouriermasks.job.JobService;
import io.fouriermasks.store.DeletedJobs;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobSpecification;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Deleting jobs, and having them back. */
@Path("/api/jobs")
@Tag(name = "Jobs")
@Produces(MediaType.APPLICATION_JSON)
public class DeletedJobResource {

  /** Nobody looks for more; what is older is found by its number. */
  private static final int MOST = 200;

  private final JobService service;
  private final DeletedJobs deleted;
  private final JobViews views;
  private final Deletions deletions;
  private final CurrentVisitor visitor;

  DeletedJobResource(
      JobService service,
      DeletedJobs deleted,
      JobViews views,
      Deletions deletions,
      CurrentVisitor visitor) {
    this.service = service;
    this.deleted = deleted;
    this.views = views;
    this.deletions = deletions;
    this.visitor = visitor;
  }

  /** What goes with a job. */
  @Schema(name = "JobBelongings")
  public record BelongingsView(
      @Schema(description = "How many masks go with it.") long masks,
      @Schema(description = "How many heat maps go with it.") long heatMaps,
      @Schema(description = "Names of the studies that will lack it.") List<String> studies,
      @Schema(description = "For how many seconds it can be restored; 0 is for ever.")
          long secondsToRestore) {}

  /** A job that can be restored. */
  @Schema(name = "DeletedJob")
  public record DeletedView(
      String id,
      JobSpecification.Kind kind,
      String model,
      @Schema(description = "Names of its model, photographs or dataset, in small letters.")
          String names,
      int masks,
      Instant deletedAt,
      @Schema(description = "Name of who deleted it, or null.") String deletedBy,
      @Schema(description = "From when on it is removed for good; null for never.")
          Instant removedAt,
      @Schema(description = "Whether who asks may restore it.") boolean mayRestore) {}

  @GET
  @Path("deleted")
  @Operation(summary = "Deleted jobs that can be restored, the last deleted first, at most 200.")
  public Listing<DeletedView> list() {
    return new Listing<>(deleted.list(MOST).stream().map(this::view).toList(), null);
  }

  private DeletedView view(DeletedJobs.Deleted each) {
    return new DeletedView(
        Long.toString(each.job().id()),
        each.job().specification().kind(),
        each.job().model(),
        each.names(),
        each.masks(),
        each.at(),
        each.by(),
        deletions.removedAt(each.at()),
        deletions.isAllowed(each.job().createdBy()));
  }

  @GET
  @Path("{id}/belongings")
  @Operation(summary = "What goes with a job that is deleted.")
  public BelongingsView belongings(String id) {
    DeletedJobs.Belongings found = deleted.belongings(Ids.number("job", id));
    return new BelongingsView(
        found.masks(), found.heatMaps(), found.studies(), deletions.secondsToRestore());
  }

  @DELETE
  @Path("{id}")
  @Operation(
      summary = "Deletes a job that has ended, with its masks and heat maps.",
      description =
          "One's own; those of others need the role admin. It can be restored for a day, or what"
              + " `fourier-masks.retention.deleted` says. A model that it trained stays.")
  public void delete(String id) {
    service.delete(Ids.number("job", id), visitor.actor(), this::requireOwn);
  }

  @POST
  @Path("{id}/restore")
  @Operation(summary = "Brings a deleted job back with all that it made.")
  public JobView restore(String id) {
    return views.of(service.restore(Ids.number("job", id), visitor.actor(), this::requireOwn));
  }

  private void requireOwn(Job job) {
    deletions.require("Job %d was started".formatted(job.id()), job.createdBy());
  }
}
