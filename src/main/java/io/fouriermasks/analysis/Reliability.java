package io.fouriermasks.analysis;

import io.fouriermasks.dataset.Batch;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.spectrum.FourierMask;

/**
 * How much of a classifier's accuracy is left through a mask. A mask that found what the classifier
 * uses keeps it (check A4: at least 0.99 of it).
 *
 * @param clean without mask
 * @param masked through the mask
 */
public record Reliability(Accuracy clean, Accuracy masked) {

  /** Masked accuracy divided by the accuracy without mask; not-a-number if that is 0. */
  public double ratio() {
    return masked.share() / clean.share();
  }

  /**
   * Measures it: two passes a batch. Blocks.
   *
   * @param images labelled batches of normalised images, walked once
   * @param listener counts images
   * @throws java.util.concurrent.CancellationException if the listener cancels
   * @throws IllegalArgumentException if a batch does not fit the network
   */
  public static Reliability measure(
      FrozenNetwork network, FourierMask mask, Iterable<Batch> images, AnalysisListener listener) {
    int classes = network.card().classes().size();
    Accuracy.Counter clean = new Accuracy.Counter(classes);
    Accuracy.Counter masked = new Accuracy.Counter(classes);
    int done = 0;
    for (Batch batch : images) {
      AnalysisListener.requireGoingOn(listener);
      try (MaskedPasses passes = new MaskedPasses(network, batch.images())) {
        clean.add(passes.clean(), batch.labels());
        masked.add(passes.through(mask), batch.labels());
      }
      done += batch.size();
      listener.onProgress(done);
    }
    return new Reliability(clean.accuracy(), masked.accuracy());
  }
}
