package io.fouriermasks.api;

import io.fouriermasks.store.ArtefactType;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Files named by their content. */
@Path("/api/artefacts")
@Tag(name = "Artefacts")
public class ArtefactResource {

  private final Files files;

  ArtefactResource(Files files) {
    this.files = files;
  }

  @GET
  @Path("{hash: [0-9a-f]+}.png")
  @Produces({"image/png", Problem.MEDIA_TYPE})
  @Operation(summary = "A picture.")
  public Response picture(String hash, @Context Request request) {
    return files.immutable(ArtefactType.PNG, hash, request);
  }

  @GET
  @Path("{hash: [0-9a-f]+}.bin")
  @Produces({"application/octet-stream", Problem.MEDIA_TYPE})
  @Operation(summary = "Values, float32 little endian.")
  public Response values(String hash, @Context Request request) {
    return files.immutable(ArtefactType.BIN, hash, request);
  }
}
