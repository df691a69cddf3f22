package io.fouriermasks.job;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.fouriermasks.dataset.GrayImage;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.spectrum.HalfPlane;

/** Images through masks, as pictures. */
final class MaskedPicture {

  private MaskedPicture() {}

  /** A normalised image through a mask; normalised, row-major. */
  static float[] through(NDManager scratch, FourierMask mask, float[] image) {
    NDArray input = scratch.create(image, new Shape(1, 1, mask.size(), mask.size()));
    return HalfPlane.masked(HalfPlane.array(scratch, mask), HalfPlane.spectrum(input))
        .toFloatArray();
  }

  /** The PNG of a normalised image: gray levels {@code x * std + mean}, cut off at [0, 1]. */
  static byte[] png(float[] normalised, int size, float mean, float std) {
    byte[] pixels = new byte[normalised.length];
    for (int i = 0; i < pixels.length; i++) {
      float level = 255 * (normalised[i] * std + mean);
      pixels[i] = (byte) Math.round(Math.max(0, Math.min(255, level)));
    }
    return PngEncoder.encode(new GrayImage(size, size, pixels).toBufferedImage());
  }
}
