package io.fouriermasks.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.job.JobFeed;
import io.fouriermasks.job.PointValues;
import io.fouriermasks.job.PreviewFiles;
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

  private final Models models;
  private final Images images;
  private final Masks masks;
  private final JobFeed feed;
  private final ObjectMapper json;

  JobViews(Models models, Images images, Masks masks, JobFeed feed, ObjectMapper json) {
    this.models = models;
    this.images = images;
    this.masks = masks;
    this.feed = feed;
    this.json = json;
  }

  JobView of(Job job) {
    return of(List.of(job)).get(0);
  }

  /** Views of many jobs with one query for each kind of thing that they name. */
  List<JobView> of(Collection<Job> jobs) {
    Set<String> modelIds =
        jobs.stream().map(job -> job.specification().model()).collect(Collectors.toSet());
    Set<String> imageIds =
        jobs.stream()
            .flatMap(job -> job.specification().images().stream())
            .collect(Collectors.toSet());
    Map<String, Model> modelsById = models.byIds(modelIds);
    Map<String, Image> imagesById = images.byIds(imageIds);
    Map<Long, List<Mask>> masksByJob =
        masks.ofJobs(jobs.stream().map(Job::id).toList()).stream()
            .collect(Collectors.groupingBy(Mask::job));
    return jobs.stream()
        .map(
            job ->
                view(
                    job,
                    modelsById.get(job.specification().model()),
                    imagesById,
                    masksByJob.getOrDefault(job.id(), List.of())))
        .toList();
  }

  private JobView view(Job job, Model model, Map<String, Image> imagesById, List<Mask> made) {
    JobSpecification specification = job.specification();
    return new JobView(
        Long.toString(job.id()),
        specification.kind(),
        job.state(),
        job.reason(),
        job.error(),
        specification,
        model == null ? null : ModelView.of(model),
        specification.images().stream()
            .map(imagesById::get)
            .filter(Objects::nonNull)
            .map(ImageView::of)
            .toList(),
        made.stream().map(MaskView::of).toList(),
        job.createdAt(),
        job.startedAt(),
        job.finishedAt(),
        job.state() == JobState.RUNNING ? feed.progress(job.id()).orElse(null) : null);
  }

  PointView point(JobEvent event, JobSpecification specification) {
    return new PointView(
        Long.toString(event.job()),
        event.seq(),
        specification.images().get(event.image()),
        event.step(),
        read(event.data(), PointValues.class));
  }

  PreviewView preview(JobEvent event, JobSpecification specification) {
    PreviewFiles files = read(event.data(), PreviewFiles.class);
    return new PreviewView(
        Long.toString(event.job()),
        event.seq(),
        specification.images().get(event.image()),
        event.step(),
        files.sparsity(),
        "/api/artefacts/" + files.mask() + ".bin",
        "/api/artefacts/" + files.masked() + ".png");
  }

  /** An image's mask is final. */
  record ArtefactView(String job, long seq, String image, MaskView mask) {}

  private record PublishedMask(long mask) {}

  ArtefactView artefact(JobEvent event, JobSpecification specification) {
    long mask = read(event.data(), PublishedMask.class).mask();
    return new ArtefactView(
        Long.toString(event.job()),
        event.seq(),
        specification.images().get(event.image()),
        MaskView.of(masks.get(mask)));
  }

  private <T> T read(String text, Class<T> type) {
    try {
      return json.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
