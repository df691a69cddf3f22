package io.fouriermasks.job;

/** A job cannot be done. The message is a sentence for the user. */
class JobFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  JobFailedException(String message) {
    super(message);
  }

  JobFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
