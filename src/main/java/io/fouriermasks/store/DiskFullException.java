package io.fouriermasks.store;

/** Too little space is left for what was to be kept. The message is for the user. */
public class DiskFullException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final String NO_SPACE = "No space left on device";

  DiskFullException(String message) {
    super(message);
  }

  /** Whether an error came of a full disk. */
  public static boolean isCauseOf(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof DiskFullException
          || String.valueOf(cause.getMessage()).contains(NO_SPACE)) {
        return true;
      }
    }
    return false;
  }
}
