package io.fouriermasks.store;

/** The object storage does not answer, or refuses. The message is for the user. */
public class ObjectStorageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ObjectStorageException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether an error came of the object storage. */
  public static boolean isCauseOf(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof ObjectStorageException) {
        return true;
      }
    }
    return false;
  }
}
