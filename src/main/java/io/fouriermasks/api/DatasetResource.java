package io.fouriermasks.api;

import io.fouriermasks.job.data.Datasets;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Image folders on the server. */
@Path("/api/datasets")
@Tag(name = "Datasets")
@Produces(MediaType.APPLICATION_JSON)
public class DatasetResource {

  private final Datasets datasets;

  DatasetResource(Datasets datasets) {
    this.datasets = datasets;
  }

  @GET
  @Operation(summary = "The datasets: those of the samples, the uploaded ones, the data roots.")
  public Listing<DatasetView> list() {
    return new Listing<>(datasets.list().stream().map(DatasetView::of).toList(), null);
  }

  @GET
  @Path("{id}")
  @Operation(summary = "A dataset with its splits and classes.")
  public DatasetView get(String id) {
    return DatasetView.of(datasets.get(id));
  }
}
