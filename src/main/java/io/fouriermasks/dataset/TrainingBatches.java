package io.fouriermasks.dataset;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;

/**
 * Shuffled epochs of random views. Each epoch visits every picture once; the last batch may be
 * smaller. A few batches are prepared ahead on a small pool, so that the device does not wait.
 *
 * <p>The order depends on the seed and the epoch, each view on the seed, the epoch and the index of
 * its picture: the same seed gives the same bytes whatever the number of threads, and an epoch can
 * be repeated after a restart without walking those before it.
 */
public final class TrainingBatches implements AutoCloseable {

  /** Stands for the order where a view has the index of its picture. */
  private static final long ORDER = -1;

  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private final CachedDataset data;
  private final TrainingTransform transform;
  private final int batchSize;
  private final long seed;
  private final float[] levels;
  private final int ahead;
  private final ExecutorService pool;

  /**
   * Starts a pool of one thread per core, eight at most; close it.
   *
   * @param data pictures resized by the same transform
   * @param transform draws the views
   * @param batchSize pictures a batch, at least 1
   * @param seed of order and views
   * @param mean of the pixel range [0, 1]
   * @param std standard deviation in the same unit
   */
  public TrainingBatches(
      CachedDataset data,
      TrainingTransform transform,
      int batchSize,
      long seed,
      float mean,
      float std) {
    this(data, transform, batchSize, seed, mean, std, WorkerThreads.cores());
  }

  /** The same with {@code threads} threads; the batches do not depend on their number. */
  public TrainingBatches(
      CachedDataset data,
      TrainingTransform transform,
      int batchSize,
      long seed,
      float mean,
      float std,
      int threads) {
    this.data = data;
    this.transform = transform;
    this.batchSize = requireBatchSize(batchSize);
    this.seed = seed;
    this.levels = GrayImage.normalisation(mean, std);
    this.ahead = threads + 1;
    this.pool = WorkerThreads.pool("batch", threads);
  }

  static int requireBatchSize(int batchSize) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("A batch has at least 1 picture, not " + batchSize);
    }
    return batchSize;
  }

  /** Number of batches in each epoch. */
  public int count() {
    return (data.size() + batchSize - 1) / batchSize;
  }

  /**
   * The batches of an epoch, once. It may be left before its end. For one thread at a time.
   *
   * <p>{@code next} throws {@link CancellationException} if its thread is interrupted or these
   * batches are closed meanwhile, and {@link IllegalStateException} if they were closed before.
   *
   * @param epoch any number; 0 is the first by habit
   */
  public Iterator<Batch> epoch(int epoch) {
    return epoch(epoch, 0);
  }

  /**
   * The batches of an epoch from one of them on, the same as if those before had been taken.
   *
   * @param first number of batches to leave out, 0 to {@link #count}
   */
  public Iterator<Batch> epoch(int epoch, int first) {
    requireOpen();
    Objects.checkIndex(first, count() + 1);
    return new Epoch(epoch, first);
  }

  /** What is in the batches, as text: batches with equal texts are equal, byte for byte. */
  public String description() {
    return "%d images %s, %s, batches of %d, seed %d"
        .formatted(data.size(), data.fingerprint(), transform.description(), batchSize, seed);
  }

  /** Ends the threads; batches in preparation are dropped. */
  @Override
  public void close() {
    for (Runnable task : pool.shutdownNow()) {
      // wakes a thread that waits for it
      ((Future<?>) task).cancel(false);
    }
  }

  private void requireOpen() {
    if (pool.isShutdown()) {
      throw new IllegalStateException("The batches were closed");
    }
  }

  private int[] order(int epoch) {
    RandomGenerator random = random(epoch, ORDER);
    int[] order = new int[data.size()];
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private Batch prepare(int epoch, int[] order, int start) {
    int size = Math.min(batchSize, order.length - start);
    int pixels = transform.size() * transform.size();
    float[] images = new float[size * pixels];
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      int index = order[start + i];
      GrayImage view = transform.apply(data.image(index), random(epoch, index));
      view.normaliseInto(images, i * pixels, levels);
      labels[i] = data.label(index);
    }
    return new Batch(images, labels, size);
  }

  private RandomGenerator random(int epoch, long index) {
    return new SplittableRandom(mixed(mixed(mixed(seed) + epoch) + index));
  }

  /** SplitMix64's step: neighbouring numbers become unrelated seeds. */
  private static long mixed(long value) {
    long z = value + GOLDEN_GAMMA;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  private final class Epoch implements Iterator<Batch> {
    private final int number;
    private final int[] order;
    private final Deque<Future<Batch>> prepared = new ArrayDeque<>();
    private int submitted;

    Epoch(int number, int first) {
      this.number = number;
      this.order = order(number);
      this.submitted = Math.min(first * batchSize, order.length);
      submit();
    }

    private void submit() {
      while (prepared.size() < ahead && submitted < order.length) {
        int start = submitted;
        try {
          prepared.add(pool.submit(() -> prepare(number, order, start)));
        } catch (RejectedExecutionException e) {
          throw new CancellationException("The batches were closed");
        }
        submitted += Math.min(batchSize, order.length - start);
      }
    }

    @Override
    public boolean hasNext() {
      return !prepared.isEmpty();
    }

    @Override
    public Batch next() {
      if (prepared.isEmpty()) {
        throw new NoSuchElementException();
      }
      requireOpen();
      try {
        Batch batch = WorkerThreads.await(prepared.remove());
        submit();
        return batch;
      } catch (InterruptedException e) {
        throw WorkerThreads.cancelled(e);
      }
    }
  }
}
