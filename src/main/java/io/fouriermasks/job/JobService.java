package io.fouriermasks.job;

import io.fouriermasks.store.IllegalTransitionException;
import io.fouriermasks.store.Images;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.Jobs;
import io.fouriermasks.store.Models;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What users can do with jobs. */
@Singleton
public class JobService {

  /** Most images of one job. */
  public static final int MAX_IMAGES = 500;

  /** The largest limit on the number of steps. */
  public static final int MAX_STEPS = 1_000_000;

  private static final Set<String> PRESETS = Set.of(JobSpecification.DEFAULT_PRESET);

  private final Jobs jobs;
  private final Models models;
  private final Images images;
  private final JobLog log;
  private final JobQueue queue;
  private final JobRunner runner;

  JobService(
      Jobs jobs, Models models, Images images, JobLog log, JobQueue queue, JobRunner runner) {
    this.jobs = jobs;
    this.models = models;
    this.images = images;
    this.log = log;
    this.queue = queue;
    this.runner = runner;
  }

  /**
   * Accepts a job. When this returns the job is on disk and queued.
   *
   * @throws InvalidSpecificationException if it could not be done
   */
  public Job submit(JobSpecification specification) {
    validate(specification);
    Job job = jobs.insert(specification);
    queue.add(job);
    return job;
  }

  /**
   * Cancels a job: at once if it waits, before its next step if it runs.
   *
   * @return the job as it is now; a running one becomes {@link JobState#CANCELLED} a moment later
   * @throws io.fouriermasks.store.UnknownIdException if there is no such job
   * @throws IllegalTransitionException if it has ended
   */
  public Job cancel(long id) {
    return log.decide(
        id,
        job -> {
          if (job.state().isFinal()) {
            throw new IllegalTransitionException(id, job.state(), JobState.CANCELLED);
          }
          if (job.state() == JobState.RUNNING) {
            // under the job's lock: its end cannot be stored, and the request forgotten, in between
            runner.cancel(id);
            return Optional.empty();
          }
          return Optional.of(JobState.CANCELLED);
        });
  }

  /**
   * Submits the same specification again.
   *
   * @return the new job
   * @throws io.fouriermasks.store.UnknownIdException if there is no such job
   * @throws IllegalTransitionException if the job has not ended
   * @throws InvalidSpecificationException if it can no longer be done
   */
  public Job retry(long id) {
    Job job = jobs.get(id);
    if (!job.state().isFinal()) {
      throw new IllegalTransitionException(
          id, job.state(), "only a job that has ended can be started again");
    }
    return submit(job.specification());
  }

  private void validate(JobSpecification specification) {
    if (!PRESETS.contains(specification.preset())) {
      throw new InvalidSpecificationException(
          "preset", "The preset must be one of " + String.join(", ", PRESETS) + ".");
    }
    if (specification.maxSteps() < 1 || specification.maxSteps() > MAX_STEPS) {
      throw new InvalidSpecificationException(
          "maxSteps", "The number of steps must be 1 to " + MAX_STEPS + ".");
    }
    if (models.find(specification.model()).isEmpty()) {
      throw new InvalidSpecificationException(
          "model", "There is no model " + specification.model() + ".");
    }
    List<String> wanted = specification.images();
    if (wanted.isEmpty() || wanted.size() > MAX_IMAGES) {
      throw new InvalidSpecificationException(
          "images", "A job takes 1 to " + MAX_IMAGES + " images.");
    }
    Set<String> known = images.byIds(wanted).keySet();
    Set<String> seen = new HashSet<>();
    for (String image : wanted) {
      if (!known.contains(image)) {
        throw new InvalidSpecificationException("images", "There is no image " + image + ".");
      }
      if (!seen.add(image)) {
        throw new InvalidSpecificationException("images", "Image " + image + " is named twice.");
      }
    }
  }
}
