package io.fouriermasks.store;

/** Nothing is stored under an id. The message is for the user. */
public class UnknownIdException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param what the kind of thing, such as {@code job}
   * @param id the id that was asked for
   */
  public UnknownIdException(String what, Object id) {
    super("There is no %s %s.".formatted(what, id));
  }
}
