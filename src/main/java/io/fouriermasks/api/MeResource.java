package io.fouriermasks.api;

import io.fouriermasks.access.CurrentVisitor;
import io.fouriermasks.store.Role;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who asks. */
@Path("/api/me")
@Tag(name = "Users")
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {

  private final CurrentVisitor visitor;

  MeResource(CurrentVisitor visitor) {
    this.visitor = visitor;
  }

  /** Who asks and what they may do. */
  public record Me(
      @Schema(description = "`local` where no token is needed, `admin` with the first token.")
          String name,
      Role role) {}

  @GET
  @Operation(summary = "Who asks, and what they may do.")
  public Me me() {
    return new Me(visitor.name(), visitor.role());
  }
}
