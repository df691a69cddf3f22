package io.fouriermasks.store;

import java.time.Instant;
import java.util.List;

/**
 * Jobs that belong together.
 *
 * @param id number, in the order of submission
 * @param name for people
 * @param createdAt when it was submitted
 * @param createdBy name of who submitted it, or null
 * @param jobs its jobs, in the order asked for; some may have been there before
 */
public record Study(long id, String name, Instant createdAt, String createdBy, List<Job> jobs) {

  public Study {
    jobs = List.copyOf(jobs);
  }

  /** Those of its jobs that it has started itself. */
  public List<Job> started() {
    return jobs.stream().filter(this::hasStarted).toList();
  }

  /** Those of its jobs that were there when it was submitted. */
  public List<Job> reused() {
    return jobs.stream().filter(job -> !hasStarted(job)).toList();
  }

  private boolean hasStarted(Job job) {
    return job.study() != null && job.study() == id;
  }
}
