package io.fouriermasks.backup;

/** An archive cannot be used, or does not fit where it is wanted; the message says why. */
public class InvalidArchiveException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidArchiveException(String message) {
    super(message);
  }

  InvalidArchiveException(String message, Throwable cause) {
    super(message, cause);
  }
}
