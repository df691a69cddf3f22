package io.fouriermasks.store;

import java.time.Instant;

/**
 * Something that somebody did, or was not let do.
 *
 * @param id number, in the order in which it was written
 * @param at when, by the clock of the database
 * @param actor name of who did it
 * @param subject what it was done to, such as {@code job 12}, or null
 * @param detail more about it, or null
 */
public record AuditEntry(
    long id,
    Instant at,
    String actor,
    Action action,
    String subject,
    Outcome outcome,
    String detail) {

  /** What was done. */
  public enum Action {
    JOB_START,
    JOB_CANCEL,
    JOB_PAUSE,
    JOB_RESUME,
    JOB_DELETE,
    JOB_RESTORE,
    STUDY_START,
    IMAGE_UPLOAD,
    IMAGE_DELETE,
    IMAGE_RESTORE,
    DATASET_UPLOAD,
    DATASET_DELETE,
    DATASET_RESTORE,
    MODEL_IMPORT,
    MODEL_DELETE,
    MODEL_RESTORE,
    USER_ADD,
    USER_CHANGE,
    USER_TOKEN,
    /** Something that the role does not allow. */
    REQUEST,
    /** With a token that is none. */
    SIGN_IN
  }

  /** What became of it. */
  public enum Outcome {
    DONE,
    REFUSED
  }
}
