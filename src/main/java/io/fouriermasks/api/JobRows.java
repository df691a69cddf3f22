package io.fouriermasks.api;

import io.fouriermasks.job.JobFeed;
import io.fouriermasks.job.JobProgress;
import io.fouriermasks.job.Metric;
import io.fouriermasks.store.Dependencies;
import io.fouriermasks.store.EndReason;
import io.fouriermasks.store.Image;
import io.fouriermasks.store.Images;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobMetrics;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.JobTable;
import io.fouriermasks.store.Jobs;
import io.fouriermasks.store.Masks;
import io.fouriermasks.store.Model;
import io.fouriermasks.store.Models;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Puts together rows of jobs: little a job, with one query for each kind of thing named. */
@Singleton
class JobRows {

  private final Jobs jobs;
  private final JobTable table;
  private final JobMetrics metrics;
  private final Models models;
  private final Images images;
  private final Masks masks;
  private final Dependencies dependencies;
  private final JobFeed feed;

  JobRows(
      Jobs jobs,
      JobTable table,
      JobMetrics metrics,
      Models models,
      Images images,
      Masks masks,
      Dependencies dependencies,
      JobFeed feed) {
    this.jobs = jobs;
    this.table = table;
    this.metrics = metrics;
    this.models = models;
    this.images = images;
    this.masks = masks;
    this.dependencies = dependencies;
    this.feed = feed;
  }

  /** A job in short. */
  @Schema(name = "JobRow", description = "A job in short.")
  public record Row(
      String id,
      JobSpecification.Kind kind,
      JobState state,
      EndReason reason,
      String error,
      @Schema(description = "Ids of the jobs that must succeed before it can begin.")
          List<String> waitsFor,
      @Schema(description = "What it works on.") String title,
      String model,
      String modelName,
      String study,
      String studyName,
      @Schema(description = "Id of its first image, or null.") String image,
      @Schema(description = "Id of its first mask, or null.") String mask,
      int masks,
      Instant createdAt,
      Instant startedAt,
      Instant finishedAt,
      @Schema(description = "From the first work to the end; null before.") Double seconds,
      @Schema(description = "Null unless it runs.") JobProgress progress,
      @Schema(description = "What its points have, the most important first.")
          List<Value> values) {}

  /** A value of the points of a job, over all its curves. */
  @Schema(name = "JobValue", description = "A value of the points of a job, over all its curves.")
  public record Value(
      String metric,
      String title,
      Metric.Format format,
      @Schema(description = "Null if none is better than another.") Double best,
      double last,
      @Schema(description = "The step of the last one.") int step) {}

  /** Jobs that have a model or a study in common. */
  @Schema(name = "JobGroup", description = "Jobs that have a model or a study in common.")
  public record GroupRow(
      @Schema(description = "Id of the model or study; null for those without.") String key,
      String name,
      long jobs,
      @Schema(description = "How many have ended.") long ended,
      Map<JobState, Long> states,
      @Schema(description = "Id of the newest of them.") String newest) {}

  /** The rows of these jobs, in their order. */
  List<Row> of(List<Long> ids) {
    Map<Long, Job> byId =
        jobs.all(ids).stream().collect(Collectors.toMap(Job::id, Function.identity()));
    List<Job> shown = ids.stream().map(byId::get).filter(Objects::nonNull).toList();
    Map<String, Model> modelsById = models.byIds(distinct(shown.stream().map(Job::model).toList()));
    Map<String, Image> firstImages =
        images.byIds(distinct(shown.stream().map(JobRows::firstImage).toList()));
    Map<Long, List<Long>> waiting = dependencies.unfinished(ids);
    Map<Long, Masks.OfJob> masksByJob = masks.inShort(ids);
    Map<Long, String> studies =
        table.studyNames(shown.stream().map(Job::study).filter(Objects::nonNull).toList());
    Map<Long, Map<String, JobMetrics.Range>> ranges = metrics.ofJobs(ids);
    return shown.stream()
        .map(
            job -> {
              Model model = modelsById.get(job.model());
              Masks.OfJob made = masksByJob.get(job.id());
              return new Row(
                  Long.toString(job.id()),
                  job.specification().kind(),
                  job.state(),
                  job.reason(),
                  job.error(),
                  waiting.getOrDefault(job.id(), List.of()).stream().map(String::valueOf).toList(),
                  title(job.specification(), firstImages),
                  job.model(),
                  model == null ? job.model() : model.name(),
                  job.study() == null ? null : Long.toString(job.study()),
                  job.study() == null ? null : studies.get(job.study()),
                  firstImage(job),
                  made == null ? null : Long.toString(made.first()),
                  made == null ? 0 : made.masks(),
                  job.createdAt(),
                  job.startedAt(),
                  job.finishedAt(),
                  job.seconds(),
                  job.state() == JobState.RUNNING ? feed.progress(job.id()).orElse(null) : null,
                  values(job.specification().kind(), ranges.getOrDefault(job.id(), Map.of())));
            })
        .toList();
  }

  /** The rows of groups, in their order. */
  List<GroupRow> of(List<JobTable.Group> groups, JobTable.Grouping grouping) {
    List<String> keys = distinct(groups.stream().map(JobTable.Group::key).toList());
    Map<String, String> names = new LinkedHashMap<>();
    if (grouping == JobTable.Grouping.MODEL) {
      models.byIds(keys).forEach((id, model) -> names.put(id, model.name()));
    } else {
      table
          .studyNames(keys.stream().map(Long::valueOf).toList())
          .forEach((id, name) -> names.put(Long.toString(id), name));
    }
    return groups.stream()
        .map(
            group -> {
              long all = group.states().values().stream().mapToLong(Long::longValue).sum();
              long ended =
                  group.states().entrySet().stream()
                      .filter(entry -> entry.getKey().isFinal())
                      .mapToLong(Map.Entry::getValue)
                      .sum();
              return new GroupRow(
                  group.key(),
                  names.getOrDefault(group.key(), group.key()),
                  all,
                  ended,
                  group.states(),
                  Long.toString(group.newest()));
            })
        .toList();
  }

  private static List<String> distinct(Collection<String> ids) {
    return ids.stream().filter(Objects::nonNull).distinct().toList();
  }

  private static String firstImage(Job job) {
    List<String> ids = job.specification().imageIds();
    return ids.isEmpty() ? null : ids.get(0);
  }

  private static String title(JobSpecification specification, Map<String, Image> firstImages) {
    List<String> ids = specification.imageIds();
    if (ids.isEmpty()) {
      return specification.dataset();
    }
    Image first = firstImages.get(ids.get(0));
    String name = first == null ? ids.get(0) : first.name();
    return ids.size() == 1 ? name : "%s and %d more".formatted(name, ids.size() - 1);
  }

  private static List<Value> values(
      JobSpecification.Kind kind, Map<String, JobMetrics.Range> ranges) {
    return Metric.of(kind).stream()
        .filter(
            metric -> metric.format() != Metric.Format.CLASS && ranges.containsKey(metric.name()))
        .map(
            metric -> {
              JobMetrics.Range range = ranges.get(metric.name());
              return new Value(
                  metric.name(),
                  metric.title(),
                  metric.format(),
                  best(metric, range),
                  range.newest(),
                  range.newestStep());
            })
        .toList();
  }

  private static Double best(Metric metric, JobMetrics.Range range) {
    if (metric.best() == null) {
      return null;
    }
    return metric.best() == Metric.Best.LOW ? range.low() : range.high();
  }
}
