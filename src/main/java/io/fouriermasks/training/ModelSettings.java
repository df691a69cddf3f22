package io.fouriermasks.training;

import io.fouriermasks.attack.Pgd;
import java.util.Optional;

/**
 * How a model is trained.
 *
 * @param epochs passes over the training split
 * @param batchSize images an optimiser step
 * @param maxLearningRate peak of the OneCycle schedule
 * @param warmUp share of the schedule in which the learning rate rises
 * @param seed draws the weights, the order, the augmentations, dropout and the attacks' starts
 * @param adversary attacks every batch before it is learned from (Madry et al. 2018)
 */
public record ModelSettings(
    int epochs,
    int batchSize,
    double maxLearningRate,
    double warmUp,
    long seed,
    Optional<Pgd> adversary) {

  /** The published scripts' settings: 50 epochs, batches of 128, Adam at 0.001, seed 31. */
  public static final ModelSettings PAPER =
      new ModelSettings(50, 128, 1e-3, 0.1, 31, Optional.empty());

  public ModelSettings {
    if (epochs < 1 || batchSize < 2) {
      throw new IllegalArgumentException(
          "A model needs at least one epoch and batches of at least 2 images, not %d and %d"
              .formatted(epochs, batchSize));
    }
  }
}
