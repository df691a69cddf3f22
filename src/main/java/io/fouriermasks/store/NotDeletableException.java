package io.fouriermasks.store;

/** Something is not the lab's to delete. The message is for the user. */
public class NotDeletableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public NotDeletableException(String message) {
    super(message);
  }
}
