package io.fouriermasks.training;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Writes the checkpoints of a training to a file, now and then. For one thread. */
public final class CheckpointWriter {

  /** Writing may take at most a tenth of the time. */
  private static final int TIMES_A_WRITE = 10;

  private final Path path;
  private final long betweenNanos;
  private final LongSupplier nanoTime;
  private final Written then;
  private final Consumer<IOException> onFailure;
  private long steps;
  private long nextNanos;

  /** Does something with a file that was written. */
  @FunctionalInterface
  public interface Written {
    void accept(Path file) throws IOException;
  }

  /**
   * @param path of the file; it need not exist
   * @param between least time from one checkpoint to the next
   * @param nanoTime the clock
   * @param onFailure is told when the file cannot be written; hours of work must not end because a
   *     disk is full for a while
   */
  public CheckpointWriter(
      Path path, Duration between, LongSupplier nanoTime, Consumer<IOException> onFailure) {
    this(path, between, nanoTime, written -> {}, onFailure);
  }

  /**
   * The same.
   *
   * @param then what is done with a file that was written, such as copying it; its time counts too
   */
  public CheckpointWriter(
      Path path,
      Duration between,
      LongSupplier nanoTime,
      Written then,
      Consumer<IOException> onFailure) {
    this.path = path;
    this.betweenNanos = between.toNanos();
    this.nanoTime = nanoTime;
    this.then = then;
    this.onFailure = onFailure;
    this.nextNanos = nanoTime.getAsLong() + betweenNanos;
  }

  /**
   * What is in the file.
   *
   * @throws IOException if it cannot be read
   * @throws CheckpointMismatchException if it belongs to another training
   * @throws io.fouriermasks.network.InvalidWeightsException if it is damaged
   */
  public Checkpoint read(String specification) throws IOException {
    Checkpoint checkpoint = Checkpoint.read(path, specification);
    steps = checkpoint.steps();
    return checkpoint;
  }

  /** Whether it is time for the next one. */
  public boolean isDue() {
    return nanoTime.getAsLong() - nextNanos >= 0;
  }

  /** Writes one, complete or not at all. */
  public void write(Checkpoint checkpoint) {
    long start = nanoTime.getAsLong();
    try {
      checkpoint.write(path);
      steps = checkpoint.steps();
      then.accept(path);
    } catch (IOException e) {
      onFailure.accept(e);
    }
    long end = nanoTime.getAsLong();
    nextNanos = end + Math.max(betweenNanos, TIMES_A_WRITE * (end - start));
  }

  /** Steps of the newest that is in the file, as far as this one knows. */
  public long steps() {
    return steps;
  }
}
