package io.fouriermasks.api;

import io.fouriermasks.store.HeatMap;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The error of a network by the frequency that is disturbed. */
@Schema(name = "HeatMap", description = "The error of a network by the disturbed frequency.")
public record HeatMapView(
    String id,
    String job,
    @Schema(description = "Id of the network.") String model,
    String dataset,
    String split,
    @Schema(description = "L2 norm of the disturbance in normalised units.") double norm,
    @Schema(description = "Of the frequencies that were measured, in cells.") int radius,
    @Schema(description = "How many images were disturbed.") int images,
    @Schema(description = "Share of them that is wrong without disturbance.") double cleanError,
    double seconds,
    Instant createdAt) {

  static HeatMapView of(HeatMap map) {
    HeatMap.Made made = map.made();
    return new HeatMapView(
        Long.toString(map.id()),
        Long.toString(map.job()),
        made.model(),
        made.dataset(),
        made.split(),
        made.norm(),
        made.radius(),
        made.images(),
        made.cleanError(),
        made.seconds(),
        map.createdAt());
  }
}
