package io.fouriermasks.command;

import java.time.Duration;

/** Lets time pass; a test lets it pass at once. */
@FunctionalInterface
interface Sleeper {

  /** Waits. */
  void sleep(Duration duration) throws InterruptedException;

  /** Really waits. */
  static Sleeper real() {
    return duration -> Thread.sleep(duration.toMillis());
  }
}
