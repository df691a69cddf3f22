package io.fouriermasks.api;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A mask in the middle of its training. */
@Schema(name = "Preview", description = "A mask in the middle of its training.")
public record PreviewView(
    String job,
    @Schema(description = "Number of the event within its job.") long seq,
    @Schema(description = "Which mask of the job it is; null if there is only one.") String series,
    @Schema(description = "The same, of a job about images.") String image,
    int step,
    double sparsity,
    @Schema(description = "URL of the full plane, float32 little endian.") String mask,
    @Schema(description = "URL of the image through it; null if it is learned over many.")
        String masked) {}
