package io.fouriermasks.job;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.fouriermasks.dataset.GrayImage;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.spectrum.HalfPlane;
import java.util.List;

/** Images through masks, as pictures. */
final class MaskedPicture {

  private MaskedPicture() {}

  /** A normalised image through a mask, on the network's device; normalised, row-major. */
  static float[] through(FrozenNetwork network, FourierMask mask, float[] image) {
    try (NDManager scratch = network.newManager()) {
      NDArray spectrum = HalfPlane.spectrum(network.batch(scratch, List.of(image)));
      return HalfPlane.masked(HalfPlane.array(scratch, mask), spectrum).toFloatArray();
    }
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
