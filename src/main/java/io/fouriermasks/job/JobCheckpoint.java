package io.fouriermasks.job;

import io.fouriermasks.network.InvalidWeightsException;
import io.fouriermasks.training.Checkpoint;
import io.fouriermasks.training.CheckpointMismatchException;
import io.fouriermasks.training.CheckpointWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** Where a training of a job has got to: written now and then, and when the job is stopped. */
final class JobCheckpoint {

  private static final Logger LOG = Logger.getLogger(JobCheckpoint.class);

  private static final Duration BETWEEN = Duration.ofSeconds(30);

  private final CheckpointFile file;
  private final BooleanSupplier isStopped;
  private final JobOutput output;
  private final CheckpointWriter writer;

  JobCheckpoint(CheckpointFile file, BooleanSupplier isStopped, JobOutput output) {
    this.file = file;
    this.isStopped = isStopped;
    this.output = output;
    this.writer =
        new CheckpointWriter(
            file.path(), BETWEEN, System::nanoTime, written -> file.keep(), this::failed);
  }

  /**
   * Where to go on; what is damaged or belongs to another training is passed over.
   *
   * @throws io.fouriermasks.store.ObjectStorageException if the bucket cannot be asked: a training
   *     must not begin anew for that
   */
  Checkpoint read(String specification) {
    try {
      file.bring();
      return writer.read(specification);
    } catch (CheckpointMismatchException | InvalidWeightsException | IOException e) {
      LOG.warnf("the checkpoint %s is not used: %s", file.path(), e.getMessage());
      return Checkpoint.NONE;
    }
  }

  boolean isWanted() {
    return isStopped.getAsBoolean() || writer.isDue();
  }

  /** Writes it, after all that led to it is stored: what comes before it is never done again. */
  void write(Checkpoint checkpoint) {
    output.flush();
    output.meters().checkpoint().record(() -> writer.write(checkpoint));
  }

  private void failed(IOException e) {
    output.meters().checkpointFailures().increment();
    LOG.warnf("the checkpoint %s could not be written: %s", file.path(), e.getMessage());
  }

  /** The result is there, and durable. */
  void delete() {
    try {
      file.delete();
    } catch (IOException e) {
      LOG.warnf("the checkpoint %s could not be deleted: %s", file.path(), e.getMessage());
    }
  }
}
