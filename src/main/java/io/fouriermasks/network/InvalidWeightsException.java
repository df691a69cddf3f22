package io.fouriermasks.network;

/** A file that is no usable weights file. The message says why, for a user to read. */
public class InvalidWeightsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public InvalidWeightsException(String message) {
    super(message);
  }

  public InvalidWeightsException(String message, Throwable cause) {
    super(message, cause);
  }
}
