package io.fouriermasks.api;

import io.fouriermasks.spectrum.ColorMap;
import io.fouriermasks.store.UnknownIdException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The scales of the server's own pictures. */
@Path("/api/colormaps")
@Tag(name = "Colour maps")
@Produces(MediaType.APPLICATION_JSON)
public class ColorMapResource {

  /** A scale for values from 0 to 1. */
  @Schema(name = "ColorMap")
  public record ColorMapView(
      String name, @Schema(description = "256 times #rrggbb.") List<String> colors) {}

  @GET
  @Path("{name}")
  @Operation(summary = "A colour map: `turbo`, `gray`, `viridis` or `coolwarm`.")
  public ColorMapView get(String name) {
    try {
      ColorMap map = ColorMap.of(name);
      return new ColorMapView(map.urlName(), map.colors());
    } catch (IllegalArgumentException e) {
      throw new UnknownIdException("colour map", name);
    }
  }

  static ColorMap parse(String field, String name) {
    try {
      return ColorMap.of(name);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.ofField(field, e.getMessage() + "."));
    }
  }
}
