package io.fouriermasks.job;

import io.fouriermasks.dataset.CachedDataset;
import io.fouriermasks.dataset.EvaluationDataset;
import io.fouriermasks.dataset.EvaluationTransform;
import io.fouriermasks.dataset.ImageFolder;
import io.fouriermasks.dataset.InvalidDatasetException;
import io.fouriermasks.dataset.TrainingTransform;
import io.fouriermasks.job.data.Datasets;
import io.fouriermasks.store.UnknownIdException;
import jakarta.inject.Singleton;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/** Decodes the splits of datasets for jobs. */
@Singleton
class SplitLoader {

  private static final int TOLD_EVERY = 20;

  private final Datasets datasets;

  SplitLoader(Datasets datasets) {
    this.datasets = datasets;
  }

  /**
   * Whose work it is.
   *
   * @param output is told how many pictures are done
   * @param isStopped asked after each picture
   */
  record Reader(JobOutput output, BooleanSupplier isStopped) {}

  /**
   * A split as networks see it.
   *
   * @param side of a network's input in pixels
   * @throws JobFailedException if it cannot be read
   * @throws CancellationException if the reader is stopped
   */
  EvaluationDataset evaluation(String dataset, String split, int side, Reader reader) {
    return load(
        dataset,
        split,
        reader,
        (folder, progress) ->
            EvaluationDataset.load(folder, new EvaluationTransform(side), progress));
  }

  /** A split to learn from; otherwise as the other method. */
  CachedDataset training(String dataset, String split, int side, Reader reader) {
    return load(
        dataset,
        split,
        reader,
        (folder, progress) -> CachedDataset.load(folder, new TrainingTransform(side), progress));
  }

  private interface Decoding<T> {
    T decode(ImageFolder folder, IntConsumer progress);
  }

  private <T> T load(String dataset, String split, Reader reader, Decoding<T> decoding) {
    try {
      ImageFolder folder = datasets.folder(datasets.get(dataset), split);
      int total = folder.images().size();
      return decoding.decode(
          folder,
          done -> {
            if (reader.isStopped().getAsBoolean()) {
              throw new CancellationException("stopped while pictures were decoded");
            }
            if (done % TOLD_EVERY == 0 || done == total) {
              reader
                  .output()
                  .progress(
                      JobProgress.of(JobProgress.Phase.DECODING, "photograph", done, total, null));
            }
          });
    } catch (UnknownIdException | InvalidDatasetException e) {
      throw new JobFailedException(e.getMessage(), e);
    }
  }
}
