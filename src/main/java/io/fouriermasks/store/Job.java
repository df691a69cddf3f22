package io.fouriermasks.store;

import java.time.Duration;
import java.time.Instant;

/**
 * A piece of work.
 *
 * @param id number, in the order of submission
 * @param state where it is
 * @param reason why it is there, or null where the state says it
 * @param error what went wrong or happened, in a sentence for the user, or null
 * @param specification what to do
 * @param model id of the network that it looks at or makes; one that is made is there afterwards
 * @param study the study that it belongs to, or null
 * @param createdAt when it was submitted
 * @param startedAt when it was first worked on, or null
 * @param finishedAt when it ended, or null
 * @param worker name of the process that works on it or did last, or null
 * @param begun how often work on it was begun
 * @param createdBy name of who submitted it, or null
 */
public record Job(
    long id,
    JobState state,
    EndReason reason,
    String error,
    JobSpecification specification,
    String model,
    Long study,
    Instant createdAt,
    Instant startedAt,
    Instant finishedAt,
    String worker,
    long begun,
    String createdBy) {

  /** From the first work on it to its end, or null while it has not ended or was never begun. */
  public Double seconds() {
    return startedAt == null || finishedAt == null
        ? null
        : Duration.between(startedAt, finishedAt).toMillis() / 1e3;
  }

  /** What its present worker writes with. */
  public Lease lease() {
    return new Lease(id, begun);
  }
}
