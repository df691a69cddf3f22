package io.fouriermasks.dataset;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * All pictures of an evaluation set in the order of the folder, batch by batch; the last one may be
 * smaller. Can be walked any number of times. Holds no threads: copying is faster than any network.
 */
public final class EvaluationBatches implements Iterable<Batch> {

  private final EvaluationDataset data;
  private final int batchSize;
  private final float[] levels;

  /**
   * @param data what to walk
   * @param batchSize pictures a batch, at least 1
   * @param mean of the pixel range [0, 1]
   * @param std standard deviation in the same unit
   */
  public EvaluationBatches(EvaluationDataset data, int batchSize, float mean, float std) {
    this.data = data;
    this.batchSize = TrainingBatches.requireBatchSize(batchSize);
    this.levels = GrayImage.normalisation(mean, std);
  }

  /** Number of batches. */
  public int count() {
    return (data.size() + batchSize - 1) / batchSize;
  }

  @Override
  public Iterator<Batch> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < data.size();
      }

      @Override
      public Batch next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        int size = Math.min(batchSize, data.size() - next);
        int pixels = data.image(next).pixels().length;
        float[] images = new float[size * pixels];
        int[] labels = new int[size];
        for (int i = 0; i < size; i++, next++) {
          data.image(next).normaliseInto(images, i * pixels, levels);
          labels[i] = data.label(next);
        }
        return new Batch(images, labels, size);
      }
    };
  }
}
