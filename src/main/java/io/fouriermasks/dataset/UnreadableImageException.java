package io.fouriermasks.dataset;

/**
 * Bytes that are no picture we take. The message is one sentence for the person who gave the file:
 * what is wrong and what to do.
 */
public final class UnreadableImageException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param message a sentence without class names or paths
   */
  public UnreadableImageException(String message) {
    super(message);
  }

  /**
   * @param message a sentence without class names or paths
   * @param cause for the log only
   */
  public UnreadableImageException(String message, Throwable cause) {
    super(message, cause);
  }
}
