package io.fouriermasks.store;

/** A name that must be the only one of its kind is in use. The message is for the user. */
public class NameTakenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public NameTakenException(String message) {
    super(message);
  }
}
