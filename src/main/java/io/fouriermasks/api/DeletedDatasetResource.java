package io.fouriermasks.api;

import io.fouriermasks.access.CurrentVisitor;
import io.fouriermasks.job.data.Dataset;
import io.fouriermasks.job.data.Datasets;
import io.fouriermasks.store.DeletedFiles;
import io.fouriermasks.store.FileUses;
import io.fouriermasks.store.UserStorage.Kind;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Deleting datasets, and having them back. */
@Path("/api/datasets")
@Tag(name = "Datasets")
@Produces(MediaType.APPLICATION_JSON)
public class DeletedDatasetResource {

  private static final int MOST = 200;

  private final Datasets datasets;
  private final DeletedFiles deleted;
  private final Deletions deletions;
  private final CurrentVisitor visitor;

  DeletedDatasetResource(
      Datasets datasets, DeletedFiles deleted, Deletions deletions, CurrentVisitor visitor) {
    this.datasets = datasets;
    this.deleted = deleted;
    this.deletions = deletions;
    this.visitor = visitor;
  }

  /** Whose a dataset is, and what uses it. */
  @Schema(name = "DatasetUse")
  public record UseView(
      @Schema(description = "Name of who uploaded it, or null.") String createdBy,
      @Schema(description = "Jobs that need it and have not ended, the last at most 20.")
          List<String> jobs,
      @Schema(description = "How many jobs have used it and ended: what they made stays.")
          long endedJobs,
      @Schema(description = "For how many seconds it can be restored; 0 is for ever.")
          long secondsToRestore,
      @Schema(description = "Whether who asks may delete it.") boolean mayDelete) {}

  @GET
  @Path("deleted")
  @Operation(
      summary = "Deleted datasets that can be restored, the last deleted first, at most 200.")
  public Listing<DeletedFileView> list() {
    return new Listing<>(
        deleted.list(Kind.DATASET, MOST).stream()
            .map(each -> DeletedFileView.of(each, deletions))
            .toList(),
        null);
  }

  @GET
  @Path("{id}/use")
  @Operation(summary = "Whose a dataset is, and what uses it.")
  public UseView use(String id) {
    Dataset dataset = datasets.get(id);
    FileUses.Use use = deleted.use(Kind.DATASET, id);
    String maker = deleted.maker(Kind.DATASET, id).orElse(null);
    return new UseView(
        maker,
        use.jobs().stream().map(String::valueOf).toList(),
        use.endedJobs(),
        deletions.secondsToRestore(),
        dataset.own() && deletions.isAllowed(maker));
  }

  @DELETE
  @Path("{id}")
  @Operation(
      summary = "Deletes a dataset of the data folder that no job needs.",
      description =
          "One's own; those of others need the role admin. It can be restored for a day, or what"
              + " `fourier-masks.retention.deleted` says. What was made with it stays.")
  public void delete(String id) {
    datasets.delete(id, visitor.actor(), requireOwn(id));
  }

  @POST
  @Path("{id}/restore")
  @Operation(summary = "Brings a deleted dataset back.")
  public DatasetView restore(String id) {
    deleted.restore(Kind.DATASET, id, visitor.actor(), requireOwn(id));
    return DatasetView.of(datasets.get(id));
  }

  private Consumer<String> requireOwn(String id) {
    return maker -> deletions.require("The dataset %s was uploaded".formatted(id), maker);
  }
}
