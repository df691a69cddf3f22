package io.fouriermasks.api;

import io.fouriermasks.job.Estimates;
import io.fouriermasks.job.JobFeed;
import io.fouriermasks.job.JobProgress;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.Study;
import io.fouriermasks.store.UnknownIdException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Puts together what the interface shows of studies. */
@Singleton
class StudyViews {

  private final JobFeed feed;
  private final Estimates estimates;

  StudyViews(JobFeed feed, Estimates estimates) {
    this.feed = feed;
    this.estimates = estimates;
  }

  /** Jobs that were started together. */
  @Schema(name = "Study", description = "Jobs that were started together.")
  public record StudyView(
      String id,
      String name,
      Instant createdAt,
      @Schema(description = "Name of who did that, or null.") String createdBy,
      @Schema(description = "Ids, in the order asked for.") List<String> jobs,
      @Schema(description = "Those of them that were there before: done, or under way.")
          List<String> reused,
      @Schema(description = "How many of them are in each state.") Map<JobState, Long> states,
      @Schema(description = "How many have ended.") long done,
      long total,
      @Schema(description = "Mean of its jobs' progress, 0 to 1.") double progress,
      @Schema(description = "Null while the time of one of its jobs is not known.")
          Double secondsLeft) {}

  StudyView of(Study study) {
    Map<JobState, Long> states = new EnumMap<>(JobState.class);
    study.jobs().forEach(job -> states.merge(job.state(), 1L, Long::sum));
    long done = study.jobs().stream().filter(job -> job.state().isFinal()).count();
    return new StudyView(
        Long.toString(study.id()),
        study.name(),
        study.createdAt(),
        study.createdBy(),
        study.jobs().stream().map(job -> Long.toString(job.id())).toList(),
        study.reused().stream().map(job -> Long.toString(job.id())).toList(),
        states,
        done,
        study.jobs().size(),
        study.jobs().stream().mapToDouble(this::share).average().orElse(0),
        secondsLeft(study.jobs().stream().filter(job -> !job.state().isFinal()).toList()));
  }

  private double share(Job job) {
    return job.state().isFinal() ? 1 : feed.progress(job.id()).map(JobProgress::share).orElse(0.0);
  }

  private Double secondsLeft(List<Job> unfinished) {
    List<Double> times = unfinished.stream().map(this::secondsLeft).toList();
    return times.stream().anyMatch(Objects::isNull)
        ? null
        : times.stream().mapToDouble(Double::doubleValue).sum();
  }

  private Double secondsLeft(Job job) {
    if (job.state() == JobState.RUNNING) {
      JobProgress progress = feed.progress(job.id()).orElse(null);
      if (progress == null) {
        return null;
      }
      return progress.secondsLeft() != null ? progress.secondsLeft() : progress.secondsLeftAtMost();
    }
    try {
      return estimates.ofAccepted(job.specification()).seconds();
    } catch (UnknownIdException e) {
      return null; // what it needs is gone; the job will say so when its turn comes
    }
  }
}
