package io.fouriermasks.dataset;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** The small pools of this package and how their results are waited for. */
final class WorkerThreads {

  /** More would only take memory: eight cores prepare pictures faster than any one GPU eats. */
  private static final int MOST = 8;

  private WorkerThreads() {}

  static int cores() {
    return Math.min(MOST, Runtime.getRuntime().availableProcessors());
  }

  /** A pool of daemon threads, so that one that was not closed does not keep the program alive. */
  static ExecutorService pool(String work, int threads) {
    AtomicInteger number = new AtomicInteger();
    return Executors.newFixedThreadPool(
        threads,
        task -> {
          Thread thread = new Thread(task, "dataset-" + work + "-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  /** The result, or the unchecked exception that the task ended with. */
  static <T> T await(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      if (e.getCause() instanceof RuntimeException exception) {
        throw exception;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Keeps the thread interrupted and says so to callers that expect no checked exception. */
  static CancellationException cancelled(InterruptedException e) {
    Thread.currentThread().interrupt();
    CancellationException cancelled =
        new CancellationException("Interrupted while pictures were prepared");
    cancelled.initCause(e);
    return cancelled;
  }
}
