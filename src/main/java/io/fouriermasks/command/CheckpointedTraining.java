package io.fouriermasks.command;

import io.fouriermasks.training.Checkpoint;
import io.fouriermasks.training.TrainingListener;

/** Leaves it to a file when a training is kept and when it ends early; the rest is for heirs. */
abstract class CheckpointedTraining implements TrainingListener {

  private final CheckpointFile checkpoint;

  CheckpointedTraining(CheckpointFile checkpoint) {
    this.checkpoint = checkpoint;
  }

  @Override
  public final boolean isCancelled() {
    return checkpoint.isCancelled();
  }

  @Override
  public boolean wantsCheckpoint() {
    return checkpoint.wantsCheckpoint();
  }

  @Override
  public final void onCheckpoint(Checkpoint state) {
    checkpoint.onCheckpoint(state);
  }
}
