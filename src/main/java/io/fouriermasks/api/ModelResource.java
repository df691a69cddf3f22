package io.fouriermasks.api;

import io.fouriermasks.store.Models;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Trained networks. */
@Path("/api/models")
@Tag(name = "Models")
@Produces(MediaType.APPLICATION_JSON)
public class ModelResource {

  private final Models models;

  ModelResource(Models models) {
    this.models = models;
  }

  @GET
  @Operation(summary = "The networks that can be used, by family and architecture, plain first.")
  public Listing<ModelView> list(@BeanParam ListQuery query) {
    return Listing.of(models.list(query.offset(), query.limit()), ModelView::of);
  }

  @GET
  @Path("{id}")
  @Operation(summary = "A network.")
  public ModelView get(String id) {
    return ModelView.of(models.get(id));
  }
}
