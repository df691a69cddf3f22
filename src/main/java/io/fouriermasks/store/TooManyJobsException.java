package io.fouriermasks.store;

/** Somebody has as many unfinished jobs as one may have. The message is for them. */
public class TooManyJobsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TooManyJobsException(String message) {
    super(message);
  }
}
