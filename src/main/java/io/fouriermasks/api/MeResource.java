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
  private final UseViews uses;

  MeResource(CurrentVisitor visitor, UseViews uses) {
    this.visitor = visitor;
    this.uses = uses;
  }

  /** Who asks and what they may do. */
  public record Me(
      @Schema(description = "`local` where no token is needed, `admin` with the first token.")
          String name,
      Role role,
      @Schema(description = "Null where no token is needed, and all are one.") UseViews.Use use,
      @Schema(description = "Null where no token is needed, and nobody is limited.")
          UseViews.Limits limits) {}

  @GET
  @Operation(summary = "Who asks, what they may do, what they use and how much they may.")
  public Me me() {
    boolean isKnown = visitor.isKnown();
    return new Me(
        visitor.name(),
        visitor.role(),
        isKnown ? uses.of(visitor.name()) : null,
        isKnown ? uses.limits() : null);
  }
}
