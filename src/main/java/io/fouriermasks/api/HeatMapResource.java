package io.fouriermasks.api;

import io.fouriermasks.store.ArtefactType;
import io.fouriermasks.store.HeatMaps;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Fourier heat maps. */
@Path("/api/heat-maps")
@Tag(name = "Heat maps")
@Produces(MediaType.APPLICATION_JSON)
public class HeatMapResource {

  private final HeatMaps heatMaps;
  private final Files files;

  HeatMapResource(HeatMaps heatMaps, Files files) {
    this.heatMaps = heatMaps;
    this.files = files;
  }

  @GET
  @Operation(summary = "Heat maps, newest first.")
  public Listing<HeatMapView> list(@QueryParam("model") String model, @BeanParam ListQuery query) {
    String wanted = model == null || model.isEmpty() ? null : model;
    return Listing.of(heatMaps.list(wanted, query.before(), query.limit()), HeatMapView::of);
  }

  @GET
  @Path("{id: [0-9]+}")
  @Operation(summary = "A heat map.")
  public HeatMapView get(String id) {
    return HeatMapView.of(heatMaps.get(Ids.number("heat map", id)));
  }

  @GET
  @Path("{id: [0-9]+}.bin")
  @Produces({"application/octet-stream", Problem.MEDIA_TYPE})
  @Operation(
      summary =
          "The errors: 128 x 128 float32 little endian, unshifted, row-major; not-a-number beyond"
              + " the radius.")
  public Response values(String id, @Context Request request) {
    String plane = heatMaps.get(Ids.number("heat map", id)).made().plane();
    return files.immutable(ArtefactType.BIN, plane, request);
  }

  @GET
  @Path("{id: [0-9]+}.npz")
  @Produces({"application/zip", Problem.MEDIA_TYPE})
  @Operation(summary = "The arrays `errors` and `meta`.")
  public Response archive(String id, @Context Request request) {
    String archive = heatMaps.get(Ids.number("heat map", id)).made().archive();
    return files.immutable(ArtefactType.NPZ, archive, request);
  }
}
