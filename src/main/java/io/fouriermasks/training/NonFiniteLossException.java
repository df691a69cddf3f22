package io.fouriermasks.training;

/** The loss of a training became infinite or NaN. The message says what to change. */
public final class NonFiniteLossException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  NonFiniteLossException(String message) {
    super(message);
  }
}
