package io.fouriermasks.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * A token bucket for each name: so many at once, and in a minute so many more. One that nothing was
 * taken of for a minute is full again, and forgotten.
 */
final class Buckets {

  private static final Duration REFILLED = Duration.ofMinutes(1);

  /** What comes on top forgets the one that is used least, and is let through for it. */
  private static final int MOST = 10_000;

  private final int aMinute;
  private final TimeMeter time;
  private final Cache<String, Bucket> buckets;

  /**
   * @param aMinute how many may be taken; 0 is any number
   */
  Buckets(int aMinute, TimeMeter time) {
    this.aMinute = aMinute;
    this.time = time;
    this.buckets =
        Caffeine.newBuilder()
            .expireAfterAccess(REFILLED)
            .maximumSize(MOST)
            .ticker(time::currentTimeNanos)
            .build();
  }

  /**
   * Takes one.
   *
   * @return how long until there is one; zero if it was taken
   */
  Duration take(String name) {
    if (aMinute <= 0) {
      return Duration.ZERO;
    }
    ConsumptionProbe probe = buckets.get(name, this::full).tryConsumeAndReturnRemaining(1);
    return Duration.ofNanos(probe.isConsumed() ? 0 : probe.getNanosToWaitForRefill());
  }

  /** Puts one back that need not have been taken. */
  void giveBack(String name) {
    Bucket bucket = buckets.getIfPresent(name);
    if (bucket != null) {
      bucket.addTokens(1);
    }
  }

  private Bucket full(String name) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(aMinute).refillGreedy(aMinute, REFILLED))
        .withCustomTimePrecision(time)
        .build();
  }
}
