package io.fouriermasks.access;

import io.fouriermasks.store.LabConfig;
import io.github.bucket4j.TimeMeter;
import jakarta.inject.Singleton;
import java.time.Duration;

/** How many requests one may send in a minute. A stream of events is one, however long it lasts. */
@Singleton
public class RequestLimit {

  private final int aMinute;
  private final Buckets buckets;

  RequestLimit(LabConfig config, TimeMeter time) {
    this.aMinute = config.perUser().maxRequestsPerMinute();
    this.buckets = new Buckets(aMinute, time);
  }

  /**
   * Counts a request.
   *
   * @throws TooManyRequestsException if it is one too many
   */
  public void count(Visitor visitor) {
    Duration wait = buckets.take(visitor.actor().name());
    if (!wait.isZero()) {
      throw TooManyRequestsException.requests(aMinute, wait);
    }
  }
}
