package io.fouriermasks.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.job.JobFeed;
import io.fouriermasks.job.Metric;
import io.fouriermasks.job.PreviewFiles;
import io.fouriermasks.store.Dependencies;
import io.fouriermasks.store.HeatMap;
import io.fouriermasks.store.HeatMaps;
import io.fouriermasks.store.Image;
import io.fouriermasks.store.Images;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobEvent;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.Mask;
import io.fouriermasks.store.Masks;
import io.fouriermasks.store.Model;
import io.fouriermasks.store.Models;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts together what the interface shows of jobs and their events. */
@Singleton
class JobViews {

  private static final TypeReference<Map<String, Number>> VALUES = new TypeReference<>() {};

  private final Models models;
  private final Images images;
  private final Masks masks;
  private final HeatMaps heatMaps;
  private final Dependencies dependencies;
  private final JobFeed feed;
  private final ObjectMapper json;

  JobViews(
      Models models,
      Images images,
      Masks masks,
      HeatMaps heatMaps,
      Dependencies dependencies,
      JobFeed feed,
      ObjectMapper json) {
    this.models = models;
    this.images = images;
    this.masks = masks;
    this.heatMaps = heatMaps;
    this.dependencies = dependencies;
    this.feed = feed;
    this.json = json;
  }

  JobView of(Job job) {
    return of(List.of(job)).get(0);
  }

  /** What many jobs name, read with one query for each kind of thing. */
  private record Named(
      Map<String, Model> models,
      Map<String, Image> images,
      Map<Long, List<Mask>> masks,
      Map<Long, List<HeatMap>> heatMaps,
      Map<Long, List<Long>> waiting) {}

  /** Views of many jobs with one query for each kind of thing that they name. */
  List<JobView> of(Collection<Job> jobs) {
    Set<String> modelIds =
        jobs.stream().map(Job::model).filter(Objects::nonNull).collect(Collectors.toSet());
    Set<String> imageIds =
        jobs.stream()
            .flatMap(job -> job.specification().imageIds().stream())
            .collect(Collectors.toSet());
    List<Long> ids = jobs.stream().map(Job::id).toList();
    Named named =
        new Named(
            models.byIds(modelIds),
            images.byIds(imageIds),
            masks.ofJobs(ids).stream().collect(Collectors.groupingBy(Mask::job)),
            heatMaps.ofJobs(ids).stream().collect(Collectors.groupingBy(HeatMap::job)),
            dependencies.unfinished(ids));
    return jobs.stream().map(job -> view(job, named)).toList();
  }

  private JobView view(Job job, Named named) {
    JobSpecification specification = job.specification();
    Model model = named.models().get(job.model());
    return new JobView(
        Long.toString(job.id()),
        specification.kind(),
        job.state(),
        job.reason(),
        job.error(),
        specification,
        model == null ? null : ModelView.of(model),
        job.model(),
        job.study() == null ? null : Long.toString(job.study()),
        named.waiting().getOrDefault(job.id(), List.of()).stream().map(String::valueOf).toList(),
        specification.imageIds().stream()
            .map(named.images()::get)
            .filter(Objects::nonNull)
            .map(ImageView::of)
            .toList(),
        series(specification),
        Metric.of(specification.kind()),
        named.masks().getOrDefault(job.id(), List.of()).stream().map(MaskView::of).toList(),
        named.heatMaps().getOrDefault(job.id(), List.of()).stream().map(HeatMapView::of).toList(),
        job.createdAt(),
        job.createdBy(),
        job.startedAt(),
        job.finishedAt(),
        job.worker(),
        job.state() == JobState.RUNNING ? feed.progress(job.id()).orElse(null) : null);
  }

  /** What tells the curves of a job apart; the index of an event is a place in this list. */
  static List<String> series(JobSpecification specification) {
    return specification instanceof JobSpecification.ClassMasks ofClasses
        ? ofClasses.classes()
        : specification.imageIds();
  }

  private static String series(JobEvent event, JobSpecification specification) {
    return event.image() == null ? null : series(specification).get(event.image());
  }

  private static String image(JobEvent event, JobSpecification specification) {
    return event.image() == null || specification.imageIds().isEmpty()
        ? null
        : specification.imageIds().get(event.image());
  }

  PointView point(JobEvent event, JobSpecification specification) {
    return new PointView(
        Long.toString(event.job()),
        event.seq(),
        series(event, specification),
        image(event, specification),
        event.step(),
        read(event.data(), VALUES));
  }

  PreviewView preview(JobEvent event, JobSpecification specification) {
    PreviewFiles files = read(event.data(), new TypeReference<PreviewFiles>() {});
    return new PreviewView(
        Long.toString(event.job()),
        event.seq(),
        series(event, specification),
        image(event, specification),
        event.step(),
        files.sparsity(),
        "/api/artefacts/" + files.mask() + ".bin",
        files.masked() == null ? null : "/api/artefacts/" + files.masked() + ".png");
  }

  /** Something that a job has made is there: a mask or a heat map. */
  record ArtefactView(
      String job, long seq, String series, String image, MaskView mask, HeatMapView heatMap) {}

  private record Published(Long mask, Long heatMap) {}

  ArtefactView artefact(JobEvent event, JobSpecification specification) {
    Published published = read(event.data(), new TypeReference<Published>() {});
    return new ArtefactView(
        Long.toString(event.job()),
        event.seq(),
        series(event, specification),
        image(event, specification),
        published.mask() == null ? null : MaskView.of(masks.get(published.mask())),
        published.heatMap() == null ? null : HeatMapView.of(heatMaps.get(published.heatMap())));
  }

  private <T> T read(String text, TypeReference<T> type) {
    try {
      return json.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
