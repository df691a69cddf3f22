package io.fouriermasks.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HalfPlaneTest {

  private static final int SIZE = 128;

  @Test
  void the_identity_mask_returns_the_image() {
    float[] image = image(1);
    assertThat(through(FourierMask.ones(SIZE), image)).containsExactly(image, within(1e-5f));
  }

  @Test
  void the_zero_mask_returns_zero() {
    FourierMask zero = FourierMask.ofHalfPlane(SIZE, new float[SIZE * 65]);
    assertThat(through(zero, image(2)))
        .containsExactly(new float[SIZE * SIZE], within(0f)); // +0 or -0
  }

  @Test
  void the_mask_of_the_zero_frequency_alone_returns_the_mean() {
    float[] half = new float[SIZE * 65];
    half[0] = 1;
    float[] image = image(3);
    double mean = 0;
    for (float pixel : image) {
      mean += pixel / (double) image.length;
    }
    float[] expected = new float[image.length];
    Arrays.fill(expected, (float) mean);
    assertThat(through(FourierMask.ofHalfPlane(SIZE, half), image))
        .containsExactly(expected, within(1e-5f));
  }

  @Test
  void a_mask_of_one_frequency_passes_a_cosine_of_that_frequency_and_stops_another() {
    float[] half = new float[SIZE * 65];
    half[5 * 65 + 9] = 1; // 5 cycles down, 9 across
    FourierMask mask = FourierMask.ofHalfPlane(SIZE, half);
    assertThat(through(mask, cosine(5, 9))).containsExactly(cosine(5, 9), within(1e-5f));
    assertThat(through(mask, cosine(-5, 9))).containsExactly(new float[SIZE * SIZE], within(1e-5f));
  }

  @Test
  void the_half_plane_equals_the_full_complex_transform() {
    Random random = new Random(4);
    float[] half = new float[SIZE * 65];
    for (int i = 0; i < half.length; i++) {
      half[i] = random.nextFloat();
    }
    FourierMask mask = FourierMask.ofHalfPlane(SIZE, half);
    float[] image = image(5);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      NDArray plane = manager.create(mask.fullPlane(), new Shape(1, 1, SIZE, SIZE));
      NDArray spectrum =
          manager
              .create(image, new Shape(1, 1, SIZE, SIZE))
              .fft2(new long[] {SIZE, SIZE}, new long[] {-2, -1});
      float[] full =
          plane
              .mul(spectrum)
              .ifft2(new long[] {SIZE, SIZE}, new long[] {-2, -1})
              .real()
              .get("..., 0")
              .toFloatArray();
      assertThat(through(mask, image)).containsExactly(full, within(1e-5f));
    }
  }

  private static float[] through(FourierMask mask, float[] image) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      NDArray spectrum = HalfPlane.spectrum(manager.create(image, new Shape(1, 1, SIZE, SIZE)));
      return HalfPlane.masked(HalfPlane.array(manager, mask), spectrum).toFloatArray();
    }
  }

  private static float[] image(long seed) {
    Random random = new Random(seed);
    float[] image = new float[SIZE * SIZE];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) random.nextGaussian();
    }
    return image;
  }

  private static float[] cosine(int down, int across) {
    float[] image = new float[SIZE * SIZE];
    for (int row = 0; row < SIZE; row++) {
      for (int column = 0; column < SIZE; column++) {
        double cycles = (down * row + across * column) / (double) SIZE;
        image[row * SIZE + column] = (float) Math.cos(2 * Math.PI * cycles);
      }
    }
    return image;
  }
}
