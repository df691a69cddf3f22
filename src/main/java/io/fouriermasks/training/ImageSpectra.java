package io.fouriermasks.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.spectrum.HalfPlane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The device side of the images that share a mask: spectra, labels, and what the network says
 * without mask. Spectra of up to {@link #MAX_BYTES} stay on the device; those of a larger set are
 * computed each time.
 */
final class ImageSpectra implements AutoCloseable {

  /** 512 MB: the 1973 images of the method's evaluation split take 131 MB. */
  static final long MAX_BYTES = 512L << 20;

  /** Images that are sent through the network at once where no gradient is needed. */
  private static final int CHUNK = 64;

  private final FrozenNetwork network;
  private final MaskImages images;
  private final NDManager manager;
  private final List<NDArray> chunks = new ArrayList<>();
  private final NDArray labels;
  private final float[] cleanLossValues;
  private NDArray cleanLosses;
  private int right;

  ImageSpectra(FrozenNetwork network, MaskImages images) {
    this(network, images, MAX_BYTES);
  }

  ImageSpectra(FrozenNetwork network, MaskImages images, long maxBytes) {
    this.network = network;
    this.images = images;
    this.manager = network.newManager();
    this.cleanLossValues = new float[images.size()];
    long[] classes = new long[images.size()];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = images.label(i);
    }
    this.labels = manager.create(classes, new Shape(classes.length, 1));
    int size = network.card().size();
    if (8L * images.size() * size * FourierMask.columns(size) <= maxBytes) {
      for (int from = 0; from < images.size(); from += CHUNK) {
        try (NDManager scratch = manager.newSubManager()) {
          NDArray spectra = HalfPlane.spectrum(pixels(scratch, range(from, CHUNK)));
          spectra.attach(manager);
          chunks.add(spectra);
        }
      }
    }
  }

  /** Number of images. */
  int size() {
    return images.size();
  }

  /**
   * Finds the losses and the accuracy without mask.
   *
   * @param atOnce images in a pass: as many as in a step, so that it rounds as a step does, and the
   *     loss differences begin at 0
   * @return false if it was cancelled before the end
   */
  boolean measure(int atOnce, BooleanSupplier cancelled) {
    right = 0;
    for (int from = 0; from < size(); from += atOnce) {
      if (cancelled.getAsBoolean()) {
        return false;
      }
      int[] range = range(from, atOnce);
      try (NDManager scratch = manager.newSubManager()) {
        NDArray logits = network.logits(pixels(scratch, range));
        NDArray losses = MaskObjective.crossEntropy(logits, labels(scratch, range));
        System.arraycopy(losses.toFloatArray(), 0, cleanLossValues, from, range.length);
        right += right(logits, range);
      }
    }
    cleanLosses = manager.create(cleanLossValues, new Shape(size(), 1));
    return true;
  }

  /** Takes over what {@link #measure} found earlier. */
  void restore(float[] losses, int rightWithoutMask) {
    System.arraycopy(losses, 0, cleanLossValues, 0, size());
    cleanLosses = manager.create(cleanLossValues, new Shape(size(), 1));
    right = rightWithoutMask;
  }

  /** Cross-entropy of each image without mask. */
  float[] cleanLosses() {
    return cleanLossValues;
  }

  /** Images classified right without mask. */
  int right() {
    return right;
  }

  /** Share of the images classified right without mask; NaN before that is known. */
  double accuracy() {
    return cleanLosses != null ? (double) right / size() : Double.NaN;
  }

  /**
   * Number of images classified right through a mask; -1 if it was cancelled before the end.
   *
   * @param mask 1 x 1 x size x (size / 2 + 1)
   */
  int rightThrough(NDArray mask, BooleanSupplier cancelled) {
    int count = 0;
    for (int from = 0; from < size(); from += CHUNK) {
      if (cancelled.getAsBoolean()) {
        return -1;
      }
      int[] range = range(from, CHUNK);
      try (NDManager scratch = manager.newSubManager()) {
        NDArray spectra =
            chunks.isEmpty()
                ? HalfPlane.spectrum(pixels(scratch, range))
                : chunks.get(from / CHUNK);
        NDArray masked = HalfPlane.masked(mask, spectra);
        masked.attach(scratch);
        count += right(network.logits(masked), range);
      }
    }
    return count;
  }

  /** Spectra of these images: N x 1 x size x (size / 2 + 1), complex64. */
  NDArray spectra(NDManager scratch, int[] indices) {
    if (chunks.isEmpty()) {
      return HalfPlane.spectrum(pixels(scratch, indices));
    }
    NDList rows = new NDList();
    for (int index : indices) {
      rows.add(row(scratch, chunks.get(index / CHUNK), index % CHUNK));
    }
    return joined(scratch, rows);
  }

  /** Labels of these images, N x 1. */
  NDArray labels(NDManager scratch, int[] indices) {
    return rows(scratch, labels, indices);
  }

  /** Cross-entropy of these images without mask, N x 1. */
  NDArray cleanLosses(NDManager scratch, int[] indices) {
    return rows(scratch, cleanLosses, indices);
  }

  @Override
  public void close() {
    manager.close();
  }

  private static NDArray rows(NDManager scratch, NDArray array, int[] indices) {
    NDList rows = new NDList();
    for (int index : indices) {
      rows.add(row(scratch, array, index));
    }
    return joined(scratch, rows);
  }

  /** A view, not a copy. */
  private static NDArray row(NDManager scratch, NDArray array, int index) {
    NDArray row = array.get(new NDIndex().addSliceDim(index, index + 1));
    row.attach(scratch);
    return row;
  }

  private static NDArray joined(NDManager scratch, NDList rows) {
    if (rows.size() == 1) {
      return rows.get(0);
    }
    NDArray joined = NDArrays.concat(rows, 0);
    joined.attach(scratch);
    return joined;
  }

  private NDArray pixels(NDManager scratch, int[] indices) {
    return network.batch(scratch, Arrays.stream(indices).mapToObj(images::pixels).toList());
  }

  private int right(NDArray logits, int[] range) {
    long[] predictions = logits.argMax(1).toLongArray();
    int count = 0;
    for (int i = 0; i < range.length; i++) {
      count += predictions[i] == images.label(range[i]) ? 1 : 0;
    }
    return count;
  }

  private int[] range(int from, int most) {
    int[] range = new int[Math.min(most, size() - from)];
    Arrays.setAll(range, i -> from + i);
    return range;
  }
}
