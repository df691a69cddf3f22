package io.fouriermasks.training;

/**
 * How a model is trained.
 *
 * @param epochs passes over the training split
 * @param batchSize images an optimiser step
 * @param maxLearningRate peak of the OneCycle schedule
 * @param warmUp share of the schedule in which the learning rate rises
 * @param seed draws the weights, the order and the augmentations
 */
public record ModelSettings(
    int epochs, int batchSize, double maxLearningRate, double warmUp, long seed) {

  /** The published scripts' settings: 50 epochs, batches of 128, Adam at 0.001, seed 31. */
  public static final ModelSettings PAPER = new ModelSettings(50, 128, 1e-3, 0.1, 31);

  public ModelSettings {
    if (epochs < 1 || batchSize < 2) {
      throw new IllegalArgumentException(
          "A model needs at least one epoch and batches of at least 2 images, not %d and %d"
              .formatted(epochs, batchSize));
    }
  }
}
