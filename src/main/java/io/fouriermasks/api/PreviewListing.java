package io.fouriermasks.api;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The masks of a job on their way. */
@Schema(name = "Previews", description = "The masks of a job on their way.")
public record PreviewListing(
    List<PreviewView> items,
    @Schema(description = "How many of the job were removed because it ended long ago.")
        long removed) {}
