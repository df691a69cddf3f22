package io.fouriermasks.job;

/** A job cannot be accepted. The message is for the user. */
public class InvalidSpecificationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * @param field the part of the specification at fault
   * @param message what is wrong with it
   */
  public InvalidSpecificationException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** The part of the specification at fault. */
  public String field() {
    return field;
  }
}
