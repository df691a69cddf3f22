package io.fouriermasks.analysis;

import io.fouriermasks.network.Logits;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.training.OneCycle;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How well a linear classifier tells the labels of masks (check A12): if masks of single images
 * show their class, it does far better than with the same labels permuted.
 *
 * @param trainAccuracy share of the masks it learned from that it classifies right
 * @param testAccuracy the same of those held out
 * @param logits of every mask after training, one row a mask
 * @param labels that it was given, permuted or not
 * @param heldOut which masks it did not learn from
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record LinearProbe(
    double trainAccuracy, double testAccuracy, float[][] logits, int[] labels, boolean[] heldOut) {

  /**
   * How it is trained.
   *
   * @param epochs how often each mask is seen
   * @param batchSize masks a step
   * @param maxLearningRate peak of the one-cycle schedule
   * @param warmUp share of the steps in which the learning rate rises
   * @param weightDecay in PyTorch Adam's form: {@code gradient += decay * weight}
   * @param testShare share of the masks held out, in (0, 1)
   * @param seed of the split, the initial weights and the order of the masks
   */
  public record Settings(
      int epochs,
      int batchSize,
      double maxLearningRate,
      double warmUp,
      double weightDecay,
      double testShare,
      long seed) {

    /** Those of the published notebooks. */
    public static Settings paper(long seed) {
      return new Settings(20, 32, 0.001, 0.1, 5e-3, 0.15, seed);
    }

    /**
     * @throws IllegalArgumentException if one makes no sense
     */
    public Settings {
      if (epochs < 1 || batchSize < 1 || !(testShare > 0 && testShare < 1)) {
        throw new IllegalArgumentException(
            "A probe needs epochs, a batch size and a test share in (0, 1), not %d, %d and %s"
                .formatted(epochs, batchSize, testShare));
      }
    }
  }

  /** The labels in one random order, the same for the same seed: what chance alone gives. */
  public static int[] permuted(int[] labels, long seed) {
    int[] order = Permutation.random(labels.length, new SplittableRandom(seed));
    return Arrays.stream(order).map(i -> labels[i]).toArray();
  }

  /**
   * Trains a probe on full planes and applies it to all masks. Deterministic. Blocks: a few seconds
   * for 1421 masks of 128 x 128.
   *
   * @param masks all of one size, at least 2
   * @param labels one for each mask, from 0 to {@code classes - 1}
   * @param listener counts epochs
   * @throws java.util.concurrent.CancellationException if the listener cancels
   * @throws IllegalArgumentException if masks and labels do not fit each other
   */
  public static LinearProbe train(
      List<FourierMask> masks,
      int[] labels,
      int classes,
      Settings settings,
      AnalysisListener listener) {
    requireFitting(masks, labels, classes);
    float[][] planes = masks.stream().map(FourierMask::fullPlane).toArray(float[][]::new);
    SplittableRandom random = new SplittableRandom(settings.seed());
    int[] order = Permutation.random(planes.length, random);
    int held =
        Math.max(
            1, Math.min(planes.length - 1, (int) Math.round(order.length * settings.testShare())));
    int[] test = Arrays.copyOf(order, held);
    int[] train = Arrays.copyOfRange(order, held, order.length);
    LinearClassifier classifier =
        new LinearClassifier(planes[0].length, classes, settings.weightDecay(), random);
    int stepsAnEpoch = (train.length + settings.batchSize() - 1) / settings.batchSize();
    OneCycle schedule =
        new OneCycle(
            settings.maxLearningRate(), (long) settings.epochs() * stepsAnEpoch, settings.warmUp());
    for (int epoch = 0; epoch < settings.epochs(); epoch++) {
      AnalysisListener.requireGoingOn(listener);
      int[] shuffled = Permutation.random(train.length, random);
      for (int step = 0; step < stepsAnEpoch; step++) {
        int to = Math.min(train.length, (step + 1) * settings.batchSize());
        int[] batch =
            Arrays.stream(shuffled, step * settings.batchSize(), to).map(i -> train[i]).toArray();
        long taken = (long) epoch * stepsAnEpoch + step;
        classifier.step(planes, labels, batch, schedule.learningRate(taken), schedule.beta1(taken));
      }
      listener.onProgress(epoch + 1);
    }
    float[][] logits = Arrays.stream(planes).map(classifier::logits).toArray(float[][]::new);
    boolean[] heldOut = new boolean[planes.length];
    for (int i : test) {
      heldOut[i] = true;
    }
    return new LinearProbe(
        accuracy(logits, labels, train),
        accuracy(logits, labels, test),
        logits,
        labels.clone(),
        heldOut);
  }

  private static void requireFitting(List<FourierMask> masks, int[] labels, int classes) {
    if (masks.size() < 2 || masks.size() != labels.length) {
      throw new IllegalArgumentException(
          "A probe needs at least two masks and a label for each, not %d masks and %d labels"
              .formatted(masks.size(), labels.length));
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes || masks.get(i).size() != masks.get(0).size()) {
        throw new IllegalArgumentException(
            "Mask %d has the label %d and the size %d; there are %d classes, and the first mask"
                    .formatted(i, labels[i], masks.get(i).size(), classes)
                + " has the size %d".formatted(masks.get(0).size()));
      }
    }
  }

  private static double accuracy(float[][] logits, int[] labels, int[] which) {
    return Arrays.stream(which).filter(i -> Logits.argmax(logits[i]) == labels[i]).count()
        / (double) which.length;
  }
}
