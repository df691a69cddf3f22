package io.fouriermasks.command;

import io.fouriermasks.network.InvalidWeightsException;
import io.fouriermasks.training.Checkpoint;
import io.fouriermasks.training.CheckpointMismatchException;
import io.fouriermasks.training.CheckpointWriter;
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

  private final Path path;
  private final Interruption interruption;
  private final CheckpointWriter writer;

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
    this.writer =
        new CheckpointWriter(
            path,
            between,
            nanoTime,
            e -> {
              err.printf("fourier-masks: the checkpoint %s could not be written: %s%n", path, e);
              err.flush();
            });
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
      return writer.read(specification);
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
    return writer.steps();
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
    return interruption.isRequested() || writer.isDue();
  }

  @Override
  public void onCheckpoint(Checkpoint checkpoint) {
    writer.write(checkpoint);
  }
}
