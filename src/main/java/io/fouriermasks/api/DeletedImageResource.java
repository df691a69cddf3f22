package io.fouriermasks.api;

import io.fouriermasks.access.CurrentVisitor;
import io.fouriermasks.store.DeletedImages;
import io.fouriermasks.store.Image;
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

/** Deleting pictures, and having them back. */
@Path("/api/images")
@Tag(name = "Images")
@Produces(MediaType.APPLICATION_JSON)
public class DeletedImageResource {

  private static final int MOST = 200;

  private final DeletedImages deleted;
  private final Deletions deletions;
  private final CurrentVisitor visitor;

  DeletedImageResource(DeletedImages deleted, Deletions deletions, CurrentVisitor visitor) {
    this.deleted = deleted;
    this.deletions = deletions;
    this.visitor = visitor;
  }

  /** What is about a picture. */
  @Schema(name = "ImageUse")
  public record UseView(
      @Schema(description = "Jobs about it, the last at most 20: they are deleted before it.")
          List<String> jobs,
      @Schema(description = "How many masks that were read from files are about it; it stays.")
          long masksWithoutJob,
      @Schema(description = "For how many seconds it can be restored; 0 is for ever.")
          long secondsToRestore) {}

  /** A picture that can be restored. */
  @Schema(name = "DeletedImage")
  public record DeletedView(
      String id,
      String name,
      Instant deletedAt,
      @Schema(description = "Name of who deleted it, or null.") String deletedBy,
      @Schema(description = "From when on it is removed for good; null for never.")
          Instant removedAt,
      @Schema(description = "Whether who asks may restore it.") boolean mayRestore) {}

  @GET
  @Path("deleted")
  @Operation(
      summary = "Deleted pictures that can be restored, the last deleted first, at most 200.")
  public Listing<DeletedView> list() {
    return new Listing<>(deleted.list(MOST).stream().map(this::view).toList(), null);
  }

  private DeletedView view(DeletedImages.Deleted each) {
    return new DeletedView(
        each.image().id(),
        each.image().name(),
        each.at(),
        each.by(),
        deletions.removedAt(each.at()),
        deletions.isAllowed(each.image().createdBy()));
  }

  @GET
  @Path("{id: [0-9a-zA-Z_-]+}/use")
  @Operation(summary = "What is about a picture and must be deleted before it.")
  public UseView use(String id) {
    DeletedImages.About about = deleted.about(id);
    return new UseView(
        about.jobs().stream().map(String::valueOf).toList(),
        about.masksWithoutJob(),
        deletions.secondsToRestore());
  }

  @DELETE
  @Path("{id: [0-9a-zA-Z_-]+}")
  @Operation(
      summary = "Deletes a picture that no job and no mask is about.",
      description =
          "One's own; those of others need the role admin. It can be restored for a day, or what"
              + " `fourier-masks.retention.deleted` says, also by uploading it again.")
  public void delete(String id) {
    deleted.delete(id, visitor.actor(), this::requireOwn);
  }

  @POST
  @Path("{id: [0-9a-zA-Z_-]+}/restore")
  @Operation(summary = "Brings a deleted picture back.")
  public ImageView restore(String id) {
    return ImageView.of(deleted.restore(id, visitor.actor(), this::requireOwn));
  }

  private void requireOwn(Image image) {
    deletions.require("The photograph %s was uploaded".formatted(image.name()), image.createdBy());
  }
}
