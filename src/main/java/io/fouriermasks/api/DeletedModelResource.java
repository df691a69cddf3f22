package io.fouriermasks.api;

import io.fouriermasks.access.CurrentVisitor;
import io.fouriermasks.job.ModelCatalogue;
import io.fouriermasks.store.DeletedFiles;
import io.fouriermasks.store.FileUses;
import io.fouriermasks.store.Model;
import io.fouriermasks.store.Models;
import io.fouriermasks.store.UserStorage.Kind;
import io.fouriermasks.store.WeightFiles;
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

/** Deleting models, and having them back. */
@Path("/api/models")
@Tag(name = "Models")
@Produces(MediaType.APPLICATION_JSON)
public class DeletedModelResource {

  private static final int MOST = 200;

  private final ModelCatalogue catalogue;
  private final Models models;
  private final WeightFiles files;
  private final DeletedFiles deleted;
  private final Deletions deletions;
  private final CurrentVisitor visitor;

  DeletedModelResource(
      ModelCatalogue catalogue,
      Models models,
      WeightFiles files,
      DeletedFiles deleted,
      Deletions deletions,
      CurrentVisitor visitor) {
    this.catalogue = catalogue;
    this.models = models;
    this.files = files;
    this.deleted = deleted;
    this.deletions = deletions;
    this.visitor = visitor;
  }

  /** Whose a model is, and what was made with it. */
  @Schema(name = "ModelUse")
  public record UseView(
      @Schema(description = "Whether it is the lab's own: others come with the program and stay.")
          boolean own,
      @Schema(description = "Name of who imported it or had it trained, or null.") String createdBy,
      @Schema(description = "Jobs that used it, the last at most 20: they are deleted before it.")
          List<String> jobs,
      @Schema(description = "How many masks that were read from files belong to it; it stays.")
          long masksWithoutJob,
      @Schema(description = "Whether it is deleted, and can be restored.") boolean deleted,
      @Schema(description = "For how many seconds it can be restored; 0 is for ever.")
          long secondsToRestore,
      @Schema(description = "Whether who asks may delete it.") boolean mayDelete) {}

  @GET
  @Path("deleted")
  @Operation(summary = "Deleted models that can be restored, the last deleted first, at most 200.")
  public Listing<DeletedFileView> list() {
    return new Listing<>(
        deleted.list(Kind.MODEL, MOST).stream()
            .map(each -> DeletedFileView.of(each, deletions))
            .toList(),
        null);
  }

  @GET
  @Path("{id}/use")
  @Operation(summary = "Whose a model is, and what was made with it and must be deleted before it.")
  public UseView use(String id) {
    Model model = models.get(id);
    FileUses.Use use = deleted.use(Kind.MODEL, id);
    String maker = deleted.maker(Kind.MODEL, id).orElse(null);
    return new UseView(
        files.isOwn(model.file()),
        maker,
        use.jobs().stream().map(String::valueOf).toList(),
        use.masksWithoutJob(),
        deleted.isRestorable(Kind.MODEL, id),
        deletions.secondsToRestore(),
        files.isOwn(model.file()) && deletions.isAllowed(maker));
  }

  @DELETE
  @Path("{id}")
  @Operation(
      summary = "Deletes a model of the lab's own that nothing was made with.",
      description =
          "One's own; those of others need the role admin. It can be restored for a day, or what"
              + " `fourier-masks.retention.deleted` says. The job that trained it stays.")
  public void delete(String id) {
    catalogue.delete(id, visitor.actor(), requireOwn(id));
  }

  @POST
  @Path("{id}/restore")
  @Operation(summary = "Brings a deleted model back.")
  public ModelView restore(String id) {
    deleted.restore(Kind.MODEL, id, visitor.actor(), requireOwn(id));
    return ModelView.of(models.get(id));
  }

  private Consumer<String> requireOwn(String id) {
    return maker -> deletions.require("The model %s was trained or imported".formatted(id), maker);
  }
}
