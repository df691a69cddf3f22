package io.fouriermasks.dataset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** Decodes all files of a folder once, on all cores. */
final class FolderDecoding {

  private FolderDecoding() {}

  /**
   * What {@code transform} makes of each file, in the order of the folder.
   *
   * @param progress called on this thread with the number of files done; what it throws ends the
   *     work
   * @throws InvalidDatasetException if a file is no picture
   * @throws CancellationException if this thread is interrupted; it stays interrupted
   */
  static <T> List<T> decode(
      ImageFolder folder, Function<RgbImage, T> transform, IntConsumer progress) {
    ImageDecoder decoder = new ImageDecoder(ImageDecoder.Limits.FOLDER);
    List<LabelledImage> images = folder.images();
    List<T> results = new ArrayList<>(Collections.nCopies(images.size(), null));
    ExecutorService pool =
        WorkerThreads.pool("decode", Math.min(WorkerThreads.cores(), images.size()));
    try {
      var done = new ExecutorCompletionService<Indexed<T>>(pool);
      for (int i = 0; i < images.size(); i++) {
        int index = i;
        done.submit(() -> new Indexed<>(index, decode(decoder, images.get(index), transform)));
      }
      for (int count = 1; count <= images.size(); count++) {
        Indexed<T> one = WorkerThreads.await(done.take());
        results.set(one.index, one.value);
        progress.accept(count);
      }
      return results;
    } catch (InterruptedException e) {
      throw WorkerThreads.cancelled(e);
    } finally {
      pool.shutdownNow();
    }
  }

  private static <T> T decode(
      ImageDecoder decoder, LabelledImage image, Function<RgbImage, T> transform) {
    try {
      return transform.apply(decoder.decode(image.file()));
    } catch (UnreadableImageException | IllegalArgumentException e) {
      throw new InvalidDatasetException(
          "%s: %s Or remove the file.".formatted(image.file(), e.getMessage()), e);
    }
  }

  private record Indexed<T>(int index, T value) {}
}
