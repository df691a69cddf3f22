package io.fouriermasks.api;

import io.fouriermasks.job.JobProgress;
import io.fouriermasks.store.EndReason;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.JobState;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A piece of work with all that it names. */
@Schema(name = "Job", description = "A piece of work.")
public record JobView(
    String id,
    JobSpecification.Kind kind,
    JobState state,
    @Schema(description = "Why it ended without success, or null.") EndReason reason,
    @Schema(description = "What went wrong, in a sentence, or null.") String error,
    JobSpecification specification,
    ModelView model,
    List<ImageView> images,
    List<MaskView> masks,
    Instant createdAt,
    Instant startedAt,
    Instant finishedAt,
    @Schema(description = "Null unless it runs.") JobProgress progress) {}
