package io.fouriermasks.command;

import io.fouriermasks.network.InvalidWeightsException;
import io.fouriermasks.training.Checkpoint;
import io.fouriermasks.training.CheckpointMismatchException;
import io.fouriermasks.training.TrainingListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Where a training has got to, in a file beside its result: written now and then and when the
 * program is interrupted, read when the same command is given again, deleted when the result is
 * there. A command's own listener hands on the three questions that this one answers.
 */
final class CheckpointFile implements TrainingListener {

  /** Writing may take at most a tenth of the time. */
  private static final int TIMES_A_WRITE = 10;

  private final Path path;
  private final Interruption interruption;
  private final PrintWriter err;
  private final long betweenNanos;
  private final LongSupplier nanoTime;
  private Checkpoint last = Checkpoint.NONE;
  private long nextNanos;

  /**
   * @param path of the file; it need not exist
   * @param interruption ends the training
   * @param between least time from one checkpoint to the next
   * @param err is told when the file cannot be written; the training then goes on
   */
  CheckpointFile(Path path, Interruption interruption, Duration between, PrintWriter err) {
    this(path, interruption, between, err, System::nanoTime);
  }

  /** The same by a given clock. */
  CheckpointFile(
      Path path,
      Interruption interruption,
      Duration between,
      PrintWriter err,
      LongSupplier nanoTime) {
    this.path = path;
    this.interruption = interruption;
    this.err = err;
    this.betweenNanos = between.toNanos();
    this.nanoTime = nanoTime;
    this.nextNanos = nanoTime.getAsLong() + betweenNanos;
  }

  /**
   * Where to go on.
   *
   * @param specification of the training that is to go on
   * @return {@link Checkpoint#NONE} if there is no file
   * @throws UsageException if the file is damaged, or of another training
   */
  Checkpoint read(String specification) throws IOException {
    try {
      last = Checkpoint.read(path, specification);
      return last;
    } catch (CheckpointMismatchException e) {
      throw new UsageException(e.getMessage(), e);
    } catch (InvalidWeightsException e) {
      throw new UsageException(
          "The checkpoint %s cannot be read: %s. Delete it to begin anew."
              .formatted(path, e.getMessage()),
          e);
    }
  }

  /** Steps that the same command would find done if the program ended now. */
  long steps() {
    return last.steps();
  }

  /** The result is there, and durable: nothing is left to continue. */
  void delete() throws IOException {
    Files.deleteIfExists(path);
  }

  @Override
  public boolean isCancelled() {
    return interruption.isRequested();
  }

  @Override
  public boolean wantsCheckpoint() {
    return interruption.isRequested() || nanoTime.getAsLong() - nextNanos >= 0;
  }

  @Override
  public void onCheckpoint(Checkpoint checkpoint) {
    long start = nanoTime.getAsLong();
    try {
      checkpoint.write(path);
      last = checkpoint;
    } catch (IOException e) {
      // hours of work must not end because a disk is full for a while
      err.printf("fourier-masks: the checkpoint %s could not be written: %s%n", path, e);
      err.flush();
    }
    long end = nanoTime.getAsLong();
    nextNanos = end + Math.max(betweenNanos, TIMES_A_WRITE * (end - start));
  }
}
