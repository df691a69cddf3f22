package io.fouriermasks.api;

import io.github.bucket4j.TimeMeter;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** A locked lab with small limits of requests, whose minutes pass when a test says so. */
public class PacedLab extends LockedLab {

  /** Requests that one may send in a minute. */
  public static final int REQUESTS = 30;

  /** Wrong tokens that an address may try in a minute. */
  public static final int WRONG = 3;

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
    settings.put("fourier-masks.max-requests-per-minute", Integer.toString(REQUESTS));
    settings.put("fourier-masks.access.max-wrong-tokens-per-minute", Integer.toString(WRONG));
    return settings;
  }

  @Override
  public Set<Class<?>> getEnabledAlternatives() {
    return Set.of(Minutes.class);
  }

  /** Stands still until it is moved. */
  @Alternative
  @Singleton
  public static class Minutes implements TimeMeter {

    private final AtomicLong nanos = new AtomicLong();

    /** Lets time pass. */
    public void pass(Duration time) {
      nanos.addAndGet(time.toNanos());
    }

    @Override
    public long currentTimeNanos() {
      return nanos.get();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
