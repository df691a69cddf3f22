package io.fouriermasks.dataset;

import java.util.List;
import java.util.function.IntConsumer;

/**
 * The pictures of an evaluation folder as the network sees them, decoded once and kept in memory:
 * 16 kB each at 128 pixels. Immutable and thread-safe.
 */
public final class EvaluationDataset {

  private final List<String> classes;
  private final List<LabelledImage> files;
  private final List<GrayImage> images;

  private EvaluationDataset(ImageFolder folder, List<GrayImage> images) {
    this.classes = folder.classes();
    this.files = folder.images();
    this.images = List.copyOf(images);
  }

  /**
   * Decodes and transforms a folder, on all cores.
   *
   * @param folder what to read
   * @param transform applied to each picture
   * @param progress called on this thread with the number of pictures done, 1 to all; an exception
   *     that it throws ends the work
   * @throws InvalidDatasetException naming the file if one is no picture
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public static EvaluationDataset load(
      ImageFolder folder, EvaluationTransform transform, IntConsumer progress) {
    return new EvaluationDataset(folder, FolderDecoding.decode(folder, transform::apply, progress));
  }

  /** Names of the classes; the index is the label. */
  public List<String> classes() {
    return classes;
  }

  /** Number of pictures. */
  public int size() {
    return images.size();
  }

  /** The picture {@code index}, in the order of the folder. */
  public GrayImage image(int index) {
    return images.get(index);
  }

  /** The label of picture {@code index}. */
  public int label(int index) {
    return files.get(index).label();
  }

  /** The file and label of picture {@code index}. */
  public LabelledImage file(int index) {
    return files.get(index);
  }
}
