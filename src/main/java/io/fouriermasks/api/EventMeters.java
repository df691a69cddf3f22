package io.fouriermasks.api;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/** How many readers of events there are, and what they were sent. */
@Singleton
class EventMeters {

  private final AtomicInteger readers = new AtomicInteger();
  private final Counter events;

  EventMeters(MeterRegistry registry) {
    Gauge.builder("fourier.masks.sse.clients", readers, AtomicInteger::get)
        .description("Readers that follow events now")
        .register(registry);
    this.events =
        Counter.builder("fourier.masks.sse.events")
            .description("Events sent to readers")
            .register(registry);
  }

  void opened() {
    readers.incrementAndGet();
  }

  void closed() {
    readers.decrementAndGet();
  }

  void sent() {
    events.increment();
  }
}
