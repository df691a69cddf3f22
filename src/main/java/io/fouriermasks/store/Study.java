package io.fouriermasks.store;

import java.time.Instant;
import java.util.List;

/**
 * Jobs that were started together.
 *
 * @param id number, in the order of submission
 * @param name for people
 * @param createdAt when it was submitted
 * @param jobs its jobs, in the order asked for
 */
public record Study(long id, String name, Instant createdAt, List<Job> jobs) {

  public Study {
    jobs = List.copyOf(jobs);
  }
}
