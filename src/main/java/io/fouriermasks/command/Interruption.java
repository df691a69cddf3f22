package io.fouriermasks.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * The wish that the work ends early but in order. On Ctrl-C or {@code kill} the program asks its
 * work to stop and waits until this is closed: by then the work has written where it is.
 */
final class Interruption implements AutoCloseable {

  /** What a shell reports of a program that Ctrl-C has ended. */
  static final int EXIT_CODE = 130;

  private final AtomicBoolean requested = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::endInOrder, "interruption");

  private final BooleanSupplier condition;

  private Interruption(BooleanSupplier condition) {
    this.condition = condition;
  }

  /** Listens to the signals that end this process, until it is closed. */
  static Interruption ofProcess() {
    Interruption interruption = new Interruption(() -> false);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** For tests: comes when the condition holds, which is asked whenever the work asks. */
  static Interruption when(BooleanSupplier condition) {
    return new Interruption(condition);
  }

  /** Whether the work is to end. */
  boolean isRequested() {
    return requested.get() || condition.getAsBoolean();
  }

  /** The work has ended, and said all that it has to say. */
  @Override
  public void close() {
    closed.countDown();
    if (!requested.get()) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        return; // the process ends at this moment
      }
    }
  }

  private void endInOrder() {
    requested.set(true);
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // the thread of the command waits for this hook; nobody else would set the exit code
    Runtime.getRuntime().halt(EXIT_CODE);
  }
}
