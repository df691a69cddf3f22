package io.fouriermasks.api;

import io.fouriermasks.job.JobFeed;
import io.fouriermasks.job.JobProgress;
import io.fouriermasks.store.Dependencies;
import io.fouriermasks.store.EndReason;
import io.fouriermasks.store.HeatMap;
import io.fouriermasks.store.HeatMaps;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.Mask;
import io.fouriermasks.store.Masks;
import io.fouriermasks.store.Model;
import io.fouriermasks.store.Models;
import io.fouriermasks.store.Study;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What the jobs of a study have come to: one row each, with one query for each kind of thing. */
@Singleton
class StudyResults {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader(
              "job",
              "kind",
              "state",
              "architecture",
              "augmentation",
              "seed",
              "model",
              "masks",
              "sparsity",
              "accuracy",
              "masked_accuracy",
              "epochs",
              "steps",
              "seconds",
              "error")
          .get();

  private final Models models;
  private final Masks masks;
  private final HeatMaps heatMaps;
  private final Dependencies dependencies;
  private final JobFeed feed;

  StudyResults(
      Models models, Masks masks, HeatMaps heatMaps, Dependencies dependencies, JobFeed feed) {
    this.models = models;
    this.masks = masks;
    this.heatMaps = heatMaps;
    this.dependencies = dependencies;
    this.feed = feed;
  }

  /** What a job of a study has come to; what it has not or not yet is null. */
  @Schema(name = "StudyResult", description = "What a job of a study has come to.")
  public record Result(
      String job,
      JobSpecification.Kind kind,
      JobState state,
      EndReason reason,
      String error,
      @Schema(description = "Ids of the jobs that must succeed before it can begin.")
          List<String> waitsFor,
      @Schema(description = "Whether it was there before the study.") boolean reused,
      String architecture,
      String augmentation,
      Long seed,
      @Schema(description = "Id of the network that it looks at or makes.") String model,
      @Schema(description = "Ids of its masks.") List<String> masks,
      @Schema(description = "Mean of its masks.") Double sparsity,
      @Schema(description = "Of the network without mask, 0 to 1.") Double accuracy,
      @Schema(description = "Through the mask, 0 to 1; mean of its masks.") Double maskedAccuracy,
      @Schema(description = "Passes over the images, of the longest of its masks.") Integer epochs,
      @Schema(description = "Of all its masks.") Integer steps,
      @Schema(description = "From the first work to the end.") Double seconds,
      @Schema(description = "Null unless it runs.") JobProgress progress) {}

  /** The combination that a network stands for; it need not be there yet. */
  private record Origin(String architecture, String augmentation) {}

  /** The results of a study, in the order of its jobs. */
  List<Result> of(Study study) {
    List<Job> jobs = study.jobs();
    List<Long> ids = jobs.stream().map(Job::id).toList();
    Map<Long, List<Mask>> masksOf =
        masks.ofJobs(ids).stream().collect(Collectors.groupingBy(Mask::job));
    Map<Long, HeatMap> heatMapOf =
        heatMaps.ofJobs(ids).stream()
            .collect(Collectors.toMap(HeatMap::job, Function.identity(), (first, more) -> more));
    Map<String, Model> modelOf =
        models.byIds(
            jobs.stream().map(Job::model).filter(Objects::nonNull).collect(Collectors.toSet()));
    Map<Long, List<Long>> waiting = dependencies.unfinished(ids);
    Map<String, Origin> origins = origins(jobs, modelOf);
    List<Job> reused = study.reused();
    return jobs.stream()
        .map(
            job -> {
              List<Mask> made = masksOf.getOrDefault(job.id(), List.of());
              Origin origin = origins.getOrDefault(job.model(), new Origin(null, null));
              return new Result(
                  Long.toString(job.id()),
                  job.specification().kind(),
                  job.state(),
                  job.reason(),
                  job.error(),
                  waiting.getOrDefault(job.id(), List.of()).stream().map(String::valueOf).toList(),
                  reused.contains(job),
                  origin.architecture(),
                  origin.augmentation(),
                  job.specification().seed(),
                  job.model(),
                  made.stream().map(mask -> Long.toString(mask.id())).toList(),
                  mean(made.stream().map(mask -> mask.result().sparsity()).toList()),
                  accuracy(job, made, heatMapOf.get(job.id()), modelOf.get(job.model())),
                  mean(ofMany(made).stream().map(Mask.ModelResult::maskedAccuracy).toList()),
                  epochs(job, made),
                  made.isEmpty()
                      ? null
                      : made.stream().mapToInt(each -> each.result().steps()).sum(),
                  job.seconds(),
                  job.state() == JobState.RUNNING ? feed.progress(job.id()).orElse(null) : null);
            })
        .toList();
  }

  private static Map<String, Origin> origins(List<Job> jobs, Map<String, Model> modelOf) {
    Map<String, Origin> origins = new HashMap<>();
    for (Job job : jobs) {
      if (job.specification() instanceof JobSpecification.TrainModel training) {
        origins.put(job.model(), new Origin(training.architecture(), training.augmentation()));
      }
    }
    modelOf.forEach(
        (id, model) -> origins.put(id, new Origin(model.architecture(), model.augmentation())));
    return origins;
  }

  private static List<Mask.ModelResult> ofMany(List<Mask> made) {
    return made.stream()
        .map(Mask::result)
        .filter(Mask.ModelResult.class::isInstance)
        .map(Mask.ModelResult.class::cast)
        .toList();
  }

  private static Double accuracy(Job job, List<Mask> made, HeatMap heatMap, Model model) {
    return switch (job.specification().kind()) {
      case TRAIN_MODEL ->
          job.state() == JobState.SUCCEEDED && model != null ? model.accuracy() : null;
      case HEAT_MAP -> heatMap == null ? null : 1 - heatMap.made().cleanError();
      case IMAGE_MASK, MODEL_MASK, CLASS_MASK ->
          mean(ofMany(made).stream().map(Mask.ModelResult::unmaskedAccuracy).toList());
    };
  }

  private static Integer epochs(Job job, List<Mask> made) {
    if (job.specification() instanceof JobSpecification.TrainModel training) {
      return job.state() == JobState.SUCCEEDED ? training.epochs() : null;
    }
    return ofMany(made).stream()
        .map(Mask.ModelResult::epochs)
        .filter(Objects::nonNull)
        .max(Integer::compare)
        .orElse(null);
  }

  private static Double mean(List<Double> values) {
    OptionalDouble mean =
        values.stream().filter(Objects::nonNull).mapToDouble(Double::doubleValue).average();
    return mean.isPresent() ? mean.getAsDouble() : null;
  }

  /** The same for other programs: what is null is empty. */
  static String csv(List<Result> results) {
    StringBuilder out = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(out, FORMAT)) {
      for (Result row : results) {
        printer.printRecord(
            row.job(),
            row.kind().urlName(),
            row.state(),
            row.architecture(),
            row.augmentation(),
            row.seed(),
            row.model(),
            String.join(" ", row.masks()),
            row.sparsity(),
            row.accuracy(),
            row.maskedAccuracy(),
            row.epochs(),
            row.steps(),
            row.seconds(),
            row.error());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return out.toString();
  }
}
