package io.fouriermasks.api;

import io.fouriermasks.job.JobProgress;
import io.fouriermasks.job.Metric;
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
    @Schema(description = "Why it is in this state, or null where the state says it.")
        EndReason reason,
    @Schema(description = "What went wrong or happened, in a sentence, or null.") String error,
    JobSpecification specification,
    @Schema(description = "The network that it looks at or has made; null while it is not there.")
        ModelView model,
    @Schema(description = "Id of that network, also while it is not there.") String modelId,
    @Schema(description = "Id of the study that has started it, or null.") String study,
    @Schema(description = "Ids of the jobs that must succeed before it can begin.")
        List<String> waitsFor,
    List<ImageView> images,
    @Schema(description = "Its curves, if there are several: ids of images, or names of classes.")
        List<String> series,
    @Schema(description = "What its points have, the most important first.") List<Metric> metrics,
    List<MaskView> masks,
    List<HeatMapView> heatMaps,
    Instant createdAt,
    @Schema(description = "Name of who did that, or null.") String createdBy,
    Instant startedAt,
    Instant finishedAt,
    @Schema(description = "The process that works on it or did last, or null.") String worker,
    @Schema(description = "Null unless it runs.") JobProgress progress) {}
