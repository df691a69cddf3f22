package io.fouriermasks.spectrum;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * The Fourier transform of real images on the half plane. Gradients flow through both directions.
 */
public final class HalfPlane {

  private HalfPlane() {}

  /**
   * The spectrum of real images.
   *
   * @param images N x 1 x size x size, float32
   * @return N x 1 x size x (size / 2 + 1), complex64, zero frequency at [0, 0], attached to the
   *     manager of the images
   */
  public static NDArray spectrum(NDArray images) {
    long size = images.getShape().get(2);
    try (NDArray rows = images.rfft(size, -1)) {
      return rows.fft(size, -2);
    }
  }

  /**
   * Images through masks: {@code Re(ifft2(M * fft2(x)))}.
   *
   * @param masks N (or 1) x 1 x size x (size / 2 + 1), float32
   * @param spectrum of N images, from {@link #spectrum}
   * @return N x 1 x size x size, float32, attached to the manager of the masks
   */
  public static NDArray masked(NDArray masks, NDArray spectrum) {
    long size = spectrum.getShape().get(2);
    try (NDArray kept = masks.mul(spectrum);
        NDArray columns = kept.ifft(size, -2)) {
      return columns.irfft(size, -1);
    }
  }

  /**
   * One mask, or a list of them, as an array.
   *
   * @return N x 1 x size x (size / 2 + 1), float32
   */
  public static NDArray array(NDManager manager, FourierMask... masks) {
    int size = masks[0].size();
    int length = size * FourierMask.columns(size);
    float[] values = new float[masks.length * length];
    for (int i = 0; i < masks.length; i++) {
      System.arraycopy(masks[i].halfPlane(), 0, values, i * length, length);
    }
    return manager.create(values, new Shape(masks.length, 1, size, FourierMask.columns(size)));
  }
}
