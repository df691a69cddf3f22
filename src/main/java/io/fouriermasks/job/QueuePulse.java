package io.fouriermasks.job;

import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.LongSupplier;

/** When the thread of the queue last showed that it lives, be it by a complaint. */
@Singleton
public class QueuePulse extends AbstractSchedulerListener {

  private final LongSupplier nanoTime;
  private volatile long last;

  @Inject
  QueuePulse() {
    this(System::nanoTime);
  }

  QueuePulse(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.last = nanoTime.getAsLong();
  }

  @Override
  public void onSchedulerEvent(SchedulerEventType event) {
    switch (event) {
      // the heartbeats come from threads of their own, which outlive the one that polls
      case RAN_EXECUTE_DUE, UNEXPECTED_ERROR -> last = nanoTime.getAsLong();
      default -> {}
    }
  }

  /** It is not asked to work now, and need not speak. */
  void rests() {
    last = nanoTime.getAsLong();
  }

  /** How long it was silent; since this object was made if it never spoke. */
  public Duration silence() {
    return Duration.ofNanos(nanoTime.getAsLong() - last);
  }
}
