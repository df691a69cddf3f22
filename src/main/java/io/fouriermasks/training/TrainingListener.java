package io.fouriermasks.training;

import io.fouriermasks.network.Weights;
import io.fouriermasks.spectrum.FourierMask;

/**
 * What a trainer reports and asks while it works. Every method is called on the training thread;
 * one that blocks, blocks the training. Progress bars, live charts, checkpoints and cancelling are
 * all listeners.
 */
public interface TrainingListener {

  /** Asked before every step; {@code true} ends the training before the next one. */
  default boolean isCancelled() {
    return false;
  }

  /**
   * Asked after every step: is a checkpoint wanted? It costs a copy of the whole state from the
   * device. Asked a last time after {@link #isCancelled} has said so.
   */
  default boolean wantsCheckpoint() {
    return false;
  }

  /** The checkpoint that was asked for. Training goes on from it bit for bit on the same CPU. */
  default void onCheckpoint(Checkpoint checkpoint) {}

  /** So many images' masks are going to be trained at the same time. */
  default void onAtOnce(int images) {}

  /** One image's mask has taken a step. */
  default void onImageStep(ImageStep step) {}

  /**
   * Asked after {@link #onImageStep}: is the mask as it is now wanted? A snapshot costs a copy from
   * the device.
   */
  default boolean wantsSnapshot(int image, int step) {
    return false;
  }

  /** The mask that was asked for. */
  default void onSnapshot(MaskSnapshot snapshot) {}

  /** An image's mask is final. */
  default void onImageFinished(int image, ImageMask result) {}

  /**
   * A shared mask has taken a step. On a GPU the reports of some steps come together, in their
   * order.
   */
  default void onMaskStep(MaskStep step) {}

  /**
   * Asked after {@link #onMaskStep}: is the shared mask as it is now wanted? It costs a copy from
   * the device.
   */
  default boolean wantsMask(int step) {
    return false;
  }

  /** The shared mask that was asked for, after {@code step} steps. */
  default void onMask(int step, FourierMask mask) {}

  /** An epoch of a shared mask has ended and was evaluated. */
  default void onMaskEpoch(MaskEpoch epoch) {}

  /** A batch of a model's training has been learned from. */
  default void onModelBatch(ModelBatch batch) {}

  /** These weights are the best so far; comes before the {@link #onModelEpoch} of their epoch. */
  default void onBestWeights(Weights weights) {}

  /** A model's epoch has ended and was evaluated. */
  default void onModelEpoch(ModelEpoch epoch) {}
}
