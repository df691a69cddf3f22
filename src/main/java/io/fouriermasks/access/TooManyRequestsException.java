package io.fouriermasks.access;

import java.time.Duration;

/** Somebody has to wait before they are listened to again. The message is for them. */
public class TooManyRequestsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final long seconds;

  private TooManyRequestsException(String message, long seconds) {
    super(message);
    this.seconds = seconds;
  }

  static TooManyRequestsException requests(int aMinute, Duration wait) {
    long seconds = seconds(wait);
    return new TooManyRequestsException(
        "You have sent more than the %d requests that one may send in a minute. Wait %d s; a program that asks often should ask more slowly."
            .formatted(aMinute, seconds),
        seconds);
  }

  static TooManyRequestsException guesses(Duration wait) {
    long seconds = seconds(wait);
    return new TooManyRequestsException(
        "Too many wrong tokens came from your address. Try again in %d s.".formatted(seconds),
        seconds);
  }

  /** How long to wait, in whole seconds: who comes back then is listened to. */
  public long seconds() {
    return seconds;
  }

  private static long seconds(Duration wait) {
    return Math.max(1, wait.plusNanos(999_999_999).toSeconds());
  }
}
