package io.fouriermasks.job;

import io.fouriermasks.store.JobEvent;
import io.fouriermasks.store.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Stores what a running job reports, in its order, a few times a second on a thread of its own: the
 * training waits neither for the disk nor for the database, unless they fall far behind.
 */
final class EventWriter implements AutoCloseable {

  private static final int CAPACITY = 20_000;

  private final JobLog log;
  private final Lease lease;
  private final Duration interval;
  private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>(CAPACITY);
  private final CountDownLatch ending = new CountDownLatch(1);
  private final Thread thread;
  private volatile RuntimeException failure;

  private sealed interface Entry {}

  /** An event; making it may write files, which are durable before it is stored. */
  private record Event(Supplier<JobEvent.Draft> draft) implements Entry {}

  /** Something that has a transaction of its own, after all that was reported before. */
  private record Step(Runnable action) implements Entry {}

  EventWriter(JobLog log, Lease lease, Duration interval) {
    this.log = log;
    this.lease = lease;
    this.interval = interval;
    this.thread = new Thread(this::work, "job-" + lease.job() + "-events");
    thread.setDaemon(true);
    thread.start();
  }

  void event(Supplier<JobEvent.Draft> draft) {
    put(new Event(draft));
  }

  void run(Runnable action) {
    put(new Step(action));
  }

  /** Waits until what was reported so far is stored, or nothing can be stored any more. */
  void flush() {
    CountDownLatch stored = new CountDownLatch(1);
    run(stored::countDown);
    try {
      boolean isStored = false;
      while (failure == null && !isStored) {
        isStored = stored.await(100, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether nothing can be stored any more. */
  boolean hasFailed() {
    return failure != null;
  }

  /**
   * Waits until all is stored.
   *
   * @throws RuntimeException what kept it from being stored
   */
  @Override
  public void close() {
    ending.countDown();
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true; // what was reported must be stored before the job's end is
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void put(Entry entry) {
    try {
      // a writer that has failed no longer takes anything out, so the queue may stay full
      boolean isTaken = false;
      while (failure == null && !isTaken) {
        isTaken = queue.offer(entry, 100, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try {
      boolean isLast = false;
      while (!isLast) {
        isLast = ending.await(interval.toMillis(), TimeUnit.MILLISECONDS);
        List<Entry> batch = new ArrayList<>();
        queue.drainTo(batch);
        write(batch);
      }
    } catch (RuntimeException e) {
      failure = e;
    } catch (InterruptedException | Error e) {
      failure =
          new IllegalStateException("the events of job " + lease.job() + " could not be stored", e);
    }
  }

  private void write(List<Entry> batch) {
    List<JobEvent.Draft> drafts = new ArrayList<>();
    for (Entry entry : batch) {
      if (entry instanceof Event event) {
        drafts.add(event.draft().get());
      } else if (entry instanceof Step step) {
        log.append(lease, drafts);
        drafts.clear();
        step.action().run();
      }
    }
    log.append(lease, drafts);
  }
}
