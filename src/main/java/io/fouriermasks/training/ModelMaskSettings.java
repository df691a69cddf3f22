package io.fouriermasks.training;

/**
 * How whole-model and class masks are trained.
 *
 * @param preset name under which these settings are known
 * @param epochs passes over the images; at the same time the length of the OneCycle schedule
 * @param maxLearningRate peak of the schedule
 * @param warmUp share of the schedule in which the learning rate rises
 * @param decay weight of the sparsity term
 * @param batchSize images an optimiser step; their terms are averaged
 * @param quietEpochs quiet epochs in a row after which the mask has converged
 * @param accuracyRatio share of the unmasked accuracy that an epoch needs through the mask to be
 *     quiet, and to be kept
 * @param sparsityTolerance largest change of the sparsity in a quiet epoch
 * @param seed draws the order of the images
 */
public record ModelMaskSettings(
    String preset,
    int epochs,
    double maxLearningRate,
    double warmUp,
    double decay,
    int batchSize,
    int quietEpochs,
    double accuracyRatio,
    double sparsityTolerance,
    long seed) {

  /** The published scripts' settings: one image a step. */
  public static final ModelMaskSettings PAPER =
      new ModelMaskSettings("paper", 100, 1e-3, 0.1, 0.2, 1, 7, 0.99, 1e-5, 31);

  /** Name of the variant with several images a step. */
  public static final String MINIBATCH = "minibatch";

  public ModelMaskSettings {
    if (epochs < 1 || batchSize < 1 || quietEpochs < 1) {
      throw new IllegalArgumentException(
          "A mask needs at least one epoch, one image a step and one quiet epoch, not %d, %d, %d"
              .formatted(epochs, batchSize, quietEpochs));
    }
  }

  /**
   * The variant {@code minibatch} of these settings: the invariance terms of {@code size} images
   * are averaged, and the learning rate is multiplied by what the batch has grown by. An epoch then
   * has as many times fewer steps, each of them as many times longer (the length of Adam's step
   * does not depend on the gradient's scale), so that it moves the mask as far as before. The
   * sparsity term counts once a step, as its weight against the mean of the invariance terms stays
   * the same.
   */
  public ModelMaskSettings minibatch(int size) {
    return new ModelMaskSettings(
        MINIBATCH,
        epochs,
        maxLearningRate * size / batchSize,
        warmUp,
        decay,
        size,
        quietEpochs,
        accuracyRatio,
        sparsityTolerance,
        seed);
  }

  /** The same with another number of epochs. */
  public ModelMaskSettings withEpochs(int number) {
    return new ModelMaskSettings(
        preset,
        number,
        maxLearningRate,
        warmUp,
        decay,
        batchSize,
        quietEpochs,
        accuracyRatio,
        sparsityTolerance,
        seed);
  }

  /** The same with another peak of the learning rate. */
  public ModelMaskSettings withMaxLearningRate(double rate) {
    return new ModelMaskSettings(
        preset,
        epochs,
        rate,
        warmUp,
        decay,
        batchSize,
        quietEpochs,
        accuracyRatio,
        sparsityTolerance,
        seed);
  }

  /**
   * The same with another share of the accuracy that a mask must keep. Where the images are few,
   * one error more is already over 1 %: the paper's 0.99 then keeps a mask that has learned little.
   */
  public ModelMaskSettings withAccuracyRatio(double ratio) {
    return new ModelMaskSettings(
        preset,
        epochs,
        maxLearningRate,
        warmUp,
        decay,
        batchSize,
        quietEpochs,
        ratio,
        sparsityTolerance,
        seed);
  }

  /** The same with another seed. */
  public ModelMaskSettings withSeed(long other) {
    return new ModelMaskSettings(
        preset,
        epochs,
        maxLearningRate,
        warmUp,
        decay,
        batchSize,
        quietEpochs,
        accuracyRatio,
        sparsityTolerance,
        other);
  }
}
