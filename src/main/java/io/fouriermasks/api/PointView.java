package io.fouriermasks.api;

import io.fouriermasks.job.PointValues;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The values of one step of one image. */
@Schema(name = "Point", description = "The values of one step of one image.")
public record PointView(
    String job,
    @Schema(description = "Number of the event within its job.") long seq,
    String image,
    int step,
    PointValues values) {}
