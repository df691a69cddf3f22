package io.fouriermasks.analysis;

import ai.djl.Device;
import io.fouriermasks.dataset.Batch;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.GridMeanWeights;
import io.fouriermasks.spectrum.FourierMask;
import java.util.Arrays;

/** Images, masks and a network whose answers can be worked out by hand. */
final class Pictures {

  static final int SIZE = 128;

  private Pictures() {}

  /** Predicts class 1 if the mean of the pixels of a coarse grid is above the threshold. */
  static FrozenNetwork gridMean(float scale, float threshold) {
    return FrozenNetwork.of(GridMeanWeights.of(scale, threshold), Device.cpu());
  }

  static float[] constant(float value) {
    float[] image = new float[SIZE * SIZE];
    Arrays.fill(image, value);
    return image;
  }

  /** {@code mean + amplitude cos(...)}, so many cycles down and across. */
  static float[] cosine(float mean, float amplitude, int down, int across) {
    float[] image = new float[SIZE * SIZE];
    for (int i = 0; i < image.length; i++) {
      double cycles = (down * (i / SIZE) + across * (i % SIZE)) / (double) SIZE;
      image[i] = mean + amplitude * (float) Math.cos(2 * Math.PI * cycles);
    }
    return image;
  }

  static Batch batch(int[] labels, float[]... images) {
    float[] all = new float[images.length * SIZE * SIZE];
    for (int i = 0; i < images.length; i++) {
      System.arraycopy(images[i], 0, all, i * SIZE * SIZE, SIZE * SIZE);
    }
    return new Batch(all, labels, images.length);
  }

  /** Ones up to a distance from the zero frequency, the distance included. */
  static FourierMask disc(int radius) {
    float[] half = new float[SIZE * (SIZE / 2 + 1)];
    for (int row = 0; row < SIZE; row++) {
      for (int column = 0; column <= SIZE / 2; column++) {
        int down = Math.min(row, SIZE - row);
        half[row * (SIZE / 2 + 1) + column] =
            down * down + column * column <= radius * radius ? 1f : 0f;
      }
    }
    return FourierMask.ofHalfPlane(SIZE, half);
  }

  /** Only the zero frequency, with this weight. */
  static FourierMask zeroFrequency(float weight) {
    float[] half = new float[SIZE * (SIZE / 2 + 1)];
    half[0] = weight;
    return FourierMask.ofHalfPlane(SIZE, half);
  }
}
