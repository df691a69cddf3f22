package io.fouriermasks.training;

/**
 * How whole-model and class masks are trained.
 *
 * @param preset name under which these settings are known
 * @param epochs passes over the images; at the same time the length of the OneCycle schedule
 * @param maxLearningRate peak of the schedule, which has a step for each image
 * @param warmUp share of the schedule in which the learning rate rises
 * @param decay weight of the sparsity term
 * @param batchSize images that the network sees through one mask
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

  /**
   * Quiet epochs of that variant. One image whose loss leaps makes Adam's second moments so large
   * that nothing moves any more until they have been forgotten, by {@code 0.999^1973}, a seventh,
   * an epoch of Imagenette: after seven epochs that is easily taken for convergence.
   */
  static final int MINIBATCH_QUIET_EPOCHS = 20;

  public ModelMaskSettings {
    if (epochs < 1 || batchSize < 1 || quietEpochs < 1) {
      throw new IllegalArgumentException(
          "A mask needs at least one epoch, one image a step and one quiet epoch, not %d, %d, %d"
              .formatted(epochs, batchSize, quietEpochs));
    }
  }

  /**
   * The variant {@code minibatch} of these settings: the network sees {@code size} images at a time
   * through the same mask, and their gradients then move it one after the other, each by a step of
   * Adam at the schedule's learning rate, as at one image a step. What differs is that the later
   * ones of them are the gradients of a mask that is up to {@code size - 1} steps old (a delayed
   * gradient). It also waits longer, {@value #MINIBATCH_QUIET_EPOCHS} quiet epochs, before it is
   * taken to have converged.
   */
  public ModelMaskSettings minibatch(int size) {
    return new ModelMaskSettings(
        MINIBATCH,
        epochs,
        maxLearningRate,
        warmUp,
        decay,
        size,
        Math.max(quietEpochs, MINIBATCH_QUIET_EPOCHS),
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
