package io.fouriermasks.store;

/** A job cannot change as was asked. The message is for the user. */
public class IllegalTransitionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Job {@code id} is {@code from} and cannot become {@code to}. */
  public IllegalTransitionException(long id, JobState from, JobState to) {
    super("Job %d is %s and cannot become %s.".formatted(id, name(from), name(to)));
  }

  /** Job {@code id} is {@code state}, where {@code needed} is needed. */
  public IllegalTransitionException(long id, JobState state, String needed) {
    super("Job %d is %s; %s.".formatted(id, name(state), needed));
  }

  private static String name(JobState state) {
    return state.name().toLowerCase(java.util.Locale.ROOT);
  }
}
