package io.fouriermasks.job;

import io.fouriermasks.store.IllegalTransitionException;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.Studies;
import io.fouriermasks.store.Study;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What users can do with jobs that belong together. */
@Singleton
public class StudyService {

  /** Most jobs of one study. */
  public static final int MAX_JOBS = 500;

  private static final int MAX_NAME = 200;

  private final Studies studies;
  private final SpecificationCheck check;
  private final JobService jobs;
  private final JobQueue queue;

  StudyService(Studies studies, SpecificationCheck check, JobService jobs, JobQueue queue) {
    this.studies = studies;
    this.check = check;
    this.jobs = jobs;
    this.queue = queue;
  }

  /**
   * Accepts all jobs, or none. When this returns they are on disk and queued in their order.
   *
   * @throws InvalidSpecificationException if one could not be done; the field names which
   */
  public Study submit(String name, List<JobSpecification> specifications) {
    if (name == null || name.isBlank() || name.length() > MAX_NAME) {
      throw new InvalidSpecificationException(
          "name", "A study needs a name of at most " + MAX_NAME + " characters.");
    }
    if (specifications == null || specifications.isEmpty() || specifications.size() > MAX_JOBS) {
      throw new InvalidSpecificationException("jobs", "A study has 1 to " + MAX_JOBS + " jobs.");
    }
    List<Studies.Draft> drafts = new ArrayList<>();
    Set<String> made = new HashSet<>();
    for (int i = 0; i < specifications.size(); i++) {
      Studies.Draft draft = draft(specifications.get(i), i);
      if (draft.specification().kind() == JobSpecification.Kind.TRAIN_MODEL
          && !made.add(draft.model())) {
        throw new InvalidSpecificationException(
            field(i, "augmentation"),
            "The study makes the model %s twice.".formatted(draft.model()));
      }
      drafts.add(draft);
    }
    Study study = studies.insert(name.strip(), drafts);
    study.jobs().forEach(queue::add);
    return study;
  }

  private Studies.Draft draft(JobSpecification specification, int index) {
    if (specification == null) {
      throw new InvalidSpecificationException("jobs[" + index + "]", "A job is missing.");
    }
    try {
      JobSpecification complete = check.complete(specification);
      return new Studies.Draft(complete, SpecificationCheck.model(complete));
    } catch (InvalidSpecificationException e) {
      throw new InvalidSpecificationException(field(index, e.field()), e.getMessage());
    }
  }

  private static String field(int index, String field) {
    return "jobs[%d].%s".formatted(index, field);
  }

  /**
   * Cancels what has not ended, the waiting jobs first, so that none of them starts meanwhile.
   *
   * @return the study as it is now
   * @throws io.fouriermasks.store.UnknownIdException if there is no such study
   */
  public Study cancel(long id) {
    List<Job> backwards = new ArrayList<>(studies.get(id).jobs());
    Collections.reverse(backwards);
    for (Job job : backwards) {
      if (!job.state().isFinal()) {
        try {
          jobs.cancel(job.id());
        } catch (IllegalTransitionException e) {
          // it has ended since it was looked at
        }
      }
    }
    return studies.get(id);
  }
}
