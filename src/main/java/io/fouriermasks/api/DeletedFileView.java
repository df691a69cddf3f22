package io.fouriermasks.api;

import io.fouriermasks.store.DeletedFiles;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A model or dataset that can be restored. */
@Schema(name = "DeletedFile", description = "A model or dataset that can be restored.")
public record DeletedFileView(
    String id,
    String name,
    Instant deletedAt,
    @Schema(description = "Name of who deleted it, or null.") String deletedBy,
    @Schema(description = "From when on it is removed for good; null for never.") Instant removedAt,
    @Schema(description = "Whether who asks may restore it.") boolean mayRestore) {

  static DeletedFileView of(DeletedFiles.Deleted each, Deletions deletions) {
    return new DeletedFileView(
        each.thing().id(),
        each.thing().name(),
        each.at(),
        each.by(),
        deletions.removedAt(each.at()),
        deletions.isAllowed(each.createdBy()));
  }
}
