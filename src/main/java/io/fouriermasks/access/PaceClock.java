package io.fouriermasks.access;

import io.github.bucket4j.TimeMeter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The clock by which requests are counted: one that nobody sets. */
class PaceClock {

  @Produces
  @Singleton
  TimeMeter time() {
    return TimeMeter.SYSTEM_NANOTIME;
  }
}
