package io.fouriermasks.job;

import io.fouriermasks.store.Actor;
import io.fouriermasks.store.Dependencies;
import io.fouriermasks.store.IllegalTransitionException;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.Studies;
import io.fouriermasks.store.Study;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What users can do with jobs that belong together. */
@Singleton
public class StudyService {

  private static final int MAX_NAME = 200;

  private final Studies studies;
  private final Dependencies dependencies;
  private final StudyPlan.Planner planner;
  private final JobService jobs;
  private final JobQueue queue;
  private final Dependants dependants;
  private final Admission admission;

  StudyService(
      Studies studies,
      Dependencies dependencies,
      StudyPlan.Planner planner,
      JobService jobs,
      JobQueue queue,
      Dependants dependants,
      Admission admission) {
    this.studies = studies;
    this.dependencies = dependencies;
    this.planner = planner;
    this.jobs = jobs;
    this.queue = queue;
    this.dependants = dependants;
    this.admission = admission;
  }

  /**
   * Accepts all jobs, or none. When this returns they are on disk, and those that need nothing more
   * are queued in their order.
   *
   * @throws InvalidSpecificationException if one could not be done; the field names which
   * @throws io.fouriermasks.store.DiskFullException if there is no space for what they would make
   * @throws io.fouriermasks.store.StorageFullException if they keep as much as one may
   * @throws io.fouriermasks.store.TooManyJobsException if the new ones would be too many for one
   */
  public Study submit(StudyRequest request, Actor by) {
    String name = request.name();
    if (name == null || name.isBlank() || name.length() > MAX_NAME) {
      throw new InvalidSpecificationException(
          "name", "A study needs a name of at most " + MAX_NAME + " characters.");
    }
    admission.requireSpace(by);
    Study study =
        studies.insert(name.strip(), request, planner.plan(request), by, admission.mostJobs());
    List<Job> started = study.started();
    Map<Long, List<Long>> waiting = dependencies.unfinished(started.stream().map(Job::id).toList());
    started.stream().filter(job -> !waiting.containsKey(job.id())).forEach(queue::add);
    dependants.failHopeless(); // what was under way a moment ago may have failed
    return study;
  }

  /**
   * Cancels what the study has started and what has not ended, the waiting jobs first, so that none
   * of them starts meanwhile. Jobs that were there before it go on.
   *
   * @return the study as it is now
   * @throws io.fouriermasks.store.UnknownIdException if there is no such study
   */
  public Study cancel(long id, Actor by) {
    List<Job> backwards = new ArrayList<>(studies.get(id).started());
    Collections.reverse(backwards);
    for (Job job : backwards) {
      if (!job.state().isFinal()) {
        try {
          jobs.cancel(job.id(), by);
        } catch (IllegalTransitionException e) {
          // it has ended since it was looked at
        }
      }
    }
    return studies.get(id);
  }
}
