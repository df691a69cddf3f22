package io.fouriermasks.command;

import java.io.IOException;
import java.time.Duration;

/** A server that asks to come back later, and says when. The message is the server's. */
final class ServerBusyException extends IOException {

  private static final long serialVersionUID = 1L;

  private final Duration delay;

  ServerBusyException(String message, Duration delay) {
    super(message);
    this.delay = delay;
  }

  /** How long it asks to wait. */
  Duration delay() {
    return delay;
  }
}
