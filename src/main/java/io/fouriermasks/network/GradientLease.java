package io.fouriermasks.network;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The right to compute gradients. The engine can have one gradient collector open in the whole
 * process, so whoever wants one waits here for the step of another to end.
 */
public final class GradientLease implements AutoCloseable {

  private static final ReentrantLock LOCK = new ReentrantLock(true);

  private final GradientCollector collector;

  private GradientLease(GradientCollector collector) {
    this.collector = collector;
  }

  /** Waits until nobody else has it. */
  public static GradientLease acquire() {
    LOCK.lock();
    try {
      return new GradientLease(Engine.getInstance().newGradientCollector());
    } catch (RuntimeException | Error e) {
      LOCK.unlock();
      throw e;
    }
  }

  /** Computes the gradients of a sum of losses with respect to every leaf that it depends on. */
  public void backward(NDArray loss) {
    collector.backward(loss);
  }

  @Override
  public void close() {
    try {
      collector.close();
    } finally {
      LOCK.unlock();
    }
  }
}
