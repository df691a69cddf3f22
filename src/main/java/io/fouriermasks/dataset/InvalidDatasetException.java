package io.fouriermasks.dataset;

/**
 * A folder that is no data set, or a data set with a file that is no picture. The message says what
 * is wrong, where, and what to do.
 */
public final class InvalidDatasetException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message names the folder or file and the remedy
   */
  public InvalidDatasetException(String message) {
    super(message);
  }

  /**
   * @param message names the folder or file and the remedy
   * @param cause what the file system or the decoder said
   */
  public InvalidDatasetException(String message, Throwable cause) {
    super(message, cause);
  }
}
