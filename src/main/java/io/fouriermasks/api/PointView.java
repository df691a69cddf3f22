package io.fouriermasks.api;

import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Values of one step of a job, or of the end of one of its epochs. */
@Schema(name = "Point", description = "Values of one step of a job, or of the end of an epoch.")
public record PointView(
    String job,
    @Schema(description = "Number of the event within its job.") long seq,
    @Schema(description = "Which curve of the job it belongs to; null if there is only one.")
        String series,
    @Schema(description = "The same, of a job about images.") String image,
    int step,
    @Schema(description = "By the names of the job's metrics; what is not known is left out.")
        Map<String, Number> values) {

  /** The same with one of the values, or none if it is not known. */
  PointView only(String metric) {
    Number value = values.get(metric);
    return new PointView(
        job, seq, series, image, step, value == null ? Map.of() : Map.of(metric, value));
  }
}
