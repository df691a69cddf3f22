package io.fouriermasks.api;

import io.fouriermasks.job.JobFeed;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Sends one reader what its {@link EventSource} has, as fast as the reader takes it and no faster.
 * Signals only wake it: however many come while it works, it looks once more.
 */
final class EventStream implements Flow.Subscription {

  private static final Logger LOG = Logger.getLogger(EventStream.class);

  private final Flow.Subscriber<? super EventMessage> reader;
  private final EventSource source;
  private final ScheduledExecutorService workers;
  private final EventMeters meters;
  private final BooleanSupplier isWelcome;
  private final List<AutoCloseable> resources = new ArrayList<>();
  private final Deque<EventMessage> pending = new ArrayDeque<>(); // of the thread that works
  private final AtomicLong requested = new AtomicLong();
  private final AtomicInteger wakes = new AtomicInteger();
  private volatile boolean isCommentDue = true; // at once: it tells the reader that it is connected
  private final AtomicBoolean isCancelled = new AtomicBoolean();

  private EventStream(
      Flow.Subscriber<? super EventMessage> reader,
      EventSource source,
      ScheduledExecutorService workers,
      EventMeters meters,
      BooleanSupplier isWelcome) {
    this.isWelcome = isWelcome;
    this.reader = reader;
    this.source = source;
    this.workers = workers;
    this.meters = meters;
  }

  /**
   * Begins to send; ends when the reader goes.
   *
   * @param isWelcome asked at each heartbeat whether the reader may stay; may block
   */
  static void open(
      Flow.Subscriber<? super EventMessage> reader,
      EventSource source,
      JobFeed feed,
      ScheduledExecutorService workers,
      Duration heartbeat,
      EventMeters meters,
      BooleanSupplier isWelcome) {
    EventStream stream = new EventStream(reader, source, workers, meters, isWelcome);
    meters.opened();
    for (Long job : source.followed()) {
      stream.resources.add(
          feed.follow(
              List.of(job),
              () -> {
                source.changed(job);
                stream.wake();
              }));
    }
    ScheduledFuture<?> comments =
        workers.scheduleAtFixedRate(
            stream::comment, heartbeat.toMillis(), heartbeat.toMillis(), TimeUnit.MILLISECONDS);
    stream.resources.add(() -> comments.cancel(false));
    reader.onSubscribe(stream);
  }

  @Override
  public void request(long n) {
    requested.accumulateAndGet(n, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
    wake();
  }

  @Override
  public void cancel() {
    if (isCancelled.getAndSet(true)) {
      return; // a connection tells its end more than once
    }
    meters.closed();
    for (AutoCloseable resource : resources) {
      try {
        resource.close();
      } catch (Exception e) {
        LOG.debug("a stream did not close cleanly", e);
      }
    }
  }

  private void comment() {
    if (!isWelcome.getAsBoolean()) {
      cancel();
      reader.onComplete();
      return;
    }
    isCommentDue = true;
    wake();
  }

  private void wake() {
    if (wakes.getAndIncrement() == 0) {
      workers.execute(this::work);
    }
  }

  private void work() {
    int seen = wakes.get();
    while (seen != 0) {
      try {
        send();
      } catch (RuntimeException e) {
        if (!isCancelled.get()) {
          LOG.error("a stream of events broke", e);
          cancel();
          reader.onError(e);
        }
        return; // wakes stays above 0: nothing is sent any more
      }
      seen = wakes.addAndGet(-seen);
    }
  }

  private void send() {
    while (!isCancelled.get() && requested.get() > 0) {
      if (pending.isEmpty() && isCommentDue) {
        isCommentDue = false;
        pending.add(EventMessage.comment("alive"));
      }
      if (pending.isEmpty()) {
        pending.addAll(source.next());
      }
      EventMessage message = pending.poll();
      if (message == null) {
        return;
      }
      requested.decrementAndGet();
      reader.onNext(message);
      if (!message.isComment()) {
        meters.sent();
      }
    }
  }
}
