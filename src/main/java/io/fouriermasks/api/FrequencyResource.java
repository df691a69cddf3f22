package io.fouriermasks.api;

import io.fouriermasks.spectrum.FrequencyGrid;
import io.fouriermasks.spectrum.NpyArray;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the cells of a mask stand for. */
@Path("/api/frequencies")
@Tag(name = "Masks")
public class FrequencyResource {

  private static final int LARGEST = 1024;

  private final Files files;

  FrequencyResource(Files files) {
    this.files = files;
  }

  @GET
  @Path("{size: [0-9]+}.bin")
  @Produces({"application/octet-stream", Problem.MEDIA_TYPE})
  @Operation(
      summary =
          "Of every frequency the radius (cycles per image), orientation (degrees, NaN at zero),"
              + " period (pixels, infinite at zero), radial band and angular band: five planes of"
              + " float32 little endian, row-major, unshifted.")
  public Response get(String size, @Context Request request) {
    long side = ListQuery.number("size", size);
    if (side < 2 || side > LARGEST || side % 2 != 0) {
      throw new ProblemException(
          Problem.ofField("size", "'size' must be an even number from 2 to " + LARGEST + "."));
    }
    return files.immutable(
        "frequencies-" + side,
        "application/octet-stream",
        request,
        () -> planes(FrequencyGrid.of((int) side)));
  }

  private static byte[] planes(FrequencyGrid grid) {
    float[][] planes = {
      grid.radius(), grid.orientation(), grid.period(), grid.radialBand(), grid.angularBand()
    };
    float[] all = new float[planes.length * planes[0].length];
    for (int i = 0; i < planes.length; i++) {
      System.arraycopy(planes[i], 0, all, i * planes[i].length, planes[i].length);
    }
    return NpyArray.of(all, all.length).data();
  }
}
