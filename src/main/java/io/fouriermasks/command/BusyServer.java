package io.fouriermasks.command;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** Comes back to a server as it asks for, but neither for ever nor after any time. */
final class BusyServer {

  private static final int MOST_WAITS = 30;
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  private final Sleeper sleeper;

  BusyServer(Sleeper sleeper) {
    this.sleeper = sleeper;
  }

  /** Something that is asked of the server. */
  @FunctionalInterface
  interface Question<T> {

    /** Asks it. */
    T ask() throws IOException, InterruptedException;
  }

  /**
   * Asks, and again each time after the server has asked to wait.
   *
   * @param told is told of each wait
   * @throws ServerBusyException if it asks for too long a wait, or too often in a row
   */
  <T> T insist(Question<T> question, Consumer<String> told)
      throws IOException, InterruptedException {
    for (int waits = 0; ; waits++) {
      try {
        return question.ask();
      } catch (ServerBusyException e) {
        if (waits == MOST_WAITS || e.delay().compareTo(LONGEST_WAIT) > 0) {
          throw e;
        }
        told.accept(
            "waits %d s, as the server asks: %s".formatted(e.delay().toSeconds(), e.getMessage()));
        sleeper.sleep(e.delay());
      }
    }
  }
}
