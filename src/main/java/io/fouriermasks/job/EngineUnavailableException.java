package io.fouriermasks.job;

/** The engine that computes is not there. The message is for the user. */
public class EngineUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean temporary;

  EngineUnavailableException(String message, boolean temporary) {
    super(message);
    this.temporary = temporary;
  }

  /** Whether it is being loaded, so that asking again in a moment helps. */
  public boolean isTemporary() {
    return temporary;
  }
}
