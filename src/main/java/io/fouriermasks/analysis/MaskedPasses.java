package io.fouriermasks.analysis;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.spectrum.HalfPlane;
import java.util.Arrays;

/** Some images whose spectrum is computed once and that pass a network through many masks. */
final class MaskedPasses implements AutoCloseable {

  private final FrozenNetwork network;
  private final NDManager manager;
  private final NDArray images;
  private final NDArray spectrum;

  /**
   * @param pixels N x size x size, normalised
   */
  MaskedPasses(FrozenNetwork network, float[] pixels) {
    int side = network.card().size();
    if (pixels.length == 0 || pixels.length % (side * side) != 0) {
      throw new IllegalArgumentException(
          "%d values are no images of %d x %d pixels".formatted(pixels.length, side, side));
    }
    this.network = network;
    this.manager = network.newManager();
    this.images = manager.create(pixels, new Shape(pixels.length / (side * side), 1, side, side));
    this.spectrum = HalfPlane.spectrum(images);
  }

  /** Logits without mask, one row an image. */
  float[][] clean() {
    try (NDManager scratch = manager.newSubManager()) {
      NDArray input = images.duplicate();
      input.attach(scratch);
      return rows(network.logits(input));
    }
  }

  /** Logits through one mask for all images, or one for each; or of one image through each mask. */
  float[][] through(FourierMask... masks) {
    try (NDManager scratch = manager.newSubManager()) {
      return through(HalfPlane.array(scratch, masks));
    }
  }

  /**
   * The same for masks on the heap.
   *
   * @param masks 1 or N x size x (size / 2 + 1)
   */
  float[][] through(float[] masks) {
    int side = network.card().size();
    long columns = FourierMask.columns(side);
    try (NDManager scratch = manager.newSubManager()) {
      return through(
          scratch.create(masks, new Shape(masks.length / (side * columns), 1, side, columns)));
    }
  }

  private float[][] through(NDArray masks) {
    return rows(network.logits(HalfPlane.masked(masks, spectrum)));
  }

  /** The amplitudes of the images' spectra, N x size x (size / 2 + 1). */
  float[] amplitudes() {
    try (NDManager scratch = manager.newSubManager()) {
      NDArray amplitudes = spectrum.abs();
      amplitudes.attach(scratch);
      return amplitudes.toFloatArray();
    }
  }

  private float[][] rows(NDArray logits) {
    int classes = network.card().classes().size();
    float[] flat = logits.toFloatArray();
    float[][] rows = new float[flat.length / classes][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(flat, i * classes, (i + 1) * classes);
    }
    return rows;
  }

  @Override
  public void close() {
    manager.close();
  }
}
