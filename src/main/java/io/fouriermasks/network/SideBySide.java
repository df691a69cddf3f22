package io.fouriermasks.network;

import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Threads that compute on the CPU side by side, or one whose operations use fewer processors than
 * there are. Operations have as many for all of libtorch otherwise: small ones then take longer
 * than with one, and several threads take them from each other. While several of these work, each
 * has its part, so that they wait for each other once a task instead of some hundred times.
 */
public final class SideBySide implements AutoCloseable {

  private final int processors = Devices.threads();
  private final List<ExecutorService> threads;
  private int each = processors;

  /**
   * @param most tasks that there will be at once
   */
  public SideBySide(int most) {
    this.threads =
        Stream.generate(
                () -> Executors.newSingleThreadExecutor(task -> daemon(task, "side by side")))
            .limit(most)
            .toList();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Does all of these, and returns when every one has ended. A single one that is given all
   * processors is done by the calling thread.
   *
   * @param most processors that an operation of one of them can use
   * @throws RuntimeException what the first of them that failed has thrown
   */
  public void run(List<Runnable> tasks, int most) {
    int share = Math.max(1, Math.min(processors / tasks.size(), most));
    if (tasks.size() == 1 && share == processors) {
      tasks.get(0).run();
      return;
    }
    share(share);
    List<CompletableFuture<Void>> working = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      working.add(CompletableFuture.runAsync(tasks.get(i), threads.get(i)));
    }
    await(working);
  }

  /** The number is each thread's own, but the last one set is that of threads that are new. */
  private void share(int processorsEach) {
    if (processorsEach == each) {
      return;
    }
    await(
        threads.stream()
            .map(thread -> CompletableFuture.runAsync(() -> compute(processorsEach), thread))
            .toList());
    JniUtils.setNumThreads(processors);
    each = processorsEach;
  }

  /** A thread that has never asked for its number takes over the last one set when it does. */
  private static void compute(int processors) {
    JniUtils.getNumThreads();
    JniUtils.setNumThreads(processors);
  }

  /** Not ended by an interruption: nothing may be taken from under a task that computes. */
  private static void await(List<CompletableFuture<Void>> working) {
    try {
      CompletableFuture.allOf(working.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  @Override
  public void close() {
    threads.forEach(ExecutorService::shutdown);
  }
}
