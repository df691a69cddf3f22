package io.fouriermasks.store;

/** Where a job is in its life. The whole machine is {@link #mayBecome}. */
public enum JobState {
  /** Stored, and waiting for its turn. */
  QUEUED,
  /** Being worked on. */
  RUNNING,
  /** Put aside by somebody; it can be queued again. */
  PAUSED,
  /** Done; everything it was to make is there. */
  SUCCEEDED,
  /** Ended by an error or by the end of the program. */
  FAILED,
  /** Ended by somebody. */
  CANCELLED;

  /** Whether a job may go from this state to {@code next}. */
  public boolean mayBecome(JobState next) {
    return switch (this) {
      // it fails when what it waits for does
      case QUEUED -> next == RUNNING || next == FAILED || next == CANCELLED;
      case RUNNING -> next != RUNNING;
      case PAUSED -> next == QUEUED || next == CANCELLED;
      case SUCCEEDED, FAILED, CANCELLED -> false;
    };
  }

  /** Whether nothing follows this state. */
  public boolean isFinal() {
    return this == SUCCEEDED || this == FAILED || this == CANCELLED;
  }
}
