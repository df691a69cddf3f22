package io.fouriermasks.analysis;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.fouriermasks.dataset.Batch;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.Logits;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The Fourier heat map of a classifier (Yin et al. 2019, arXiv 1906.08988): its error when a single
 * frequency is disturbed. A mask shows what a model uses, this what hurts it; both are drawn alike.
 *
 * @param size side of the plane in cells
 * @param errors share of the images whose label is not predicted, in [0, 1], by disturbed
 *     frequency: the full plane, row-major, zero frequency at [0, 0]; not-a-number beyond the
 *     radius
 * @param cleanError the same share without disturbance
 * @param norm L2 norm of the disturbance of one image, in normalised units (pixel values in [0, 1],
 *     minus the mean, divided by the standard deviation)
 * @param radius of the frequencies that were measured
 * @param images how many were disturbed
 */
@SuppressWarnings("ArrayRecordComponent") // drawn, never compared
public record FourierHeatMap(
    int size, float[] errors, double cleanError, double norm, int radius, int images) {

  private static final int AT_ONCE = 64;

  /**
   * How it is measured. It costs a pass of every image for each frequency: {@code images *
   * frequencies}, about {@code images * pi / 2 * radius^2}.
   *
   * @param norm L2 norm of the disturbance in normalised units, positive
   * @param radius only frequencies up to this distance from the zero frequency, in cells; 91 takes
   *     all of 128 x 128
   * @param seed of the signs
   */
  public record Settings(double norm, int radius, long seed) {

    /**
     * @throws IllegalArgumentException if the norm is not positive or the radius negative
     */
    public Settings {
      if (!(norm > 0) || !Double.isFinite(norm) || radius < 0) {
        throw new IllegalArgumentException(
            "A heat map needs a positive norm and a radius from 0 on, not %s and %d"
                .formatted(norm, radius));
      }
    }

    /** How many frequencies are measured, conjugates counted once. */
    public int frequencies(int size) {
      return within(new Frequencies(size), radius).length;
    }
  }

  /**
   * Measures it: each image gets {@code +-norm * u}, where {@code u} is the frequency's {@link
   * #disturbance} and the sign is drawn anew for each image and frequency. Pixels are not clipped.
   * One half of the plane is measured, the other is its mirror. Blocks.
   *
   * @param batch labelled normalised images
   * @param listener counts frequencies
   * @throws java.util.concurrent.CancellationException if the listener cancels
   * @throws IllegalArgumentException if the images do not fit the network
   */
  public static FourierHeatMap measure(
      FrozenNetwork network, Batch batch, Settings settings, AnalysisListener listener) {
    int size = network.card().size();
    if (batch.size() < 1 || batch.images().length != batch.size() * size * size) {
      throw new IllegalArgumentException(
          "%d values are no %d images of %d x %d pixels"
              .formatted(batch.images().length, batch.size(), size, size));
    }
    Frequencies frequencies = new Frequencies(size);
    float[] errors = new float[size * size];
    Arrays.fill(errors, Float.NaN);
    SplittableRandom random = new SplittableRandom(settings.seed());
    double cleanError;
    try (NDManager manager = network.newManager()) {
      NDArray images = manager.create(batch.images(), new Shape(batch.size(), 1, size, size));
      cleanError = error(network, images, new float[size * size], batch.labels(), () -> 0f);
      int done = 0;
      for (int frequency : within(frequencies, settings.radius())) {
        AnalysisListener.requireGoingOn(listener);
        int down = frequencies.down(frequency);
        int across = frequencies.across(frequency);
        double error =
            error(
                network,
                images,
                disturbance(size, down, across),
                batch.labels(),
                () -> (float) (random.nextBoolean() ? settings.norm() : -settings.norm()));
        errors[Math.floorMod(down, size) * size + Math.floorMod(across, size)] = (float) error;
        errors[Math.floorMod(-down, size) * size + Math.floorMod(-across, size)] = (float) error;
        listener.onProgress(++done);
      }
    }
    return new FourierHeatMap(
        size, errors, cleanError, settings.norm(), settings.radius(), batch.size());
  }

  /**
   * The real image of unit L2 norm in whose spectrum only one frequency and its conjugate are not
   * zero, and real: a cosine that is largest at the top left pixel.
   *
   * @param down cycles down the image
   * @param across cycles across it
   * @return {@code size * size} values, row-major
   */
  public static float[] disturbance(int size, int down, int across) {
    double[] cosines = new double[size];
    for (int i = 0; i < size; i++) {
      cosines[i] = Math.cos(2 * Math.PI * i / size);
    }
    boolean ownConjugate = down % (size / 2) == 0 && across % (size / 2) == 0;
    double scale = (ownConjugate ? 1 : Math.sqrt(2)) / size;
    float[] image = new float[size * size];
    for (int i = 0; i < image.length; i++) {
      int turn = Math.floorMod(down * (i / size) + across * (i % size), size);
      image[i] = (float) (scale * cosines[turn]);
    }
    return image;
  }

  private static int[] within(Frequencies frequencies, int radius) {
    int[] all = new int[frequencies.count()];
    int count = 0;
    for (int frequency = 0; frequency < all.length; frequency++) {
      if (frequencies.squaredRadius(frequency) <= (long) radius * radius) {
        all[count++] = frequency;
      }
    }
    return Arrays.copyOf(all, count);
  }

  private interface Factor {
    float next();
  }

  private static double error(
      FrozenNetwork network, NDArray images, float[] disturbance, int[] labels, Factor factor) {
    int size = network.card().size();
    int classes = network.card().classes().size();
    int wrong = 0;
    for (int from = 0; from < labels.length; from += AT_ONCE) {
      int to = Math.min(labels.length, from + AT_ONCE);
      float[] factors = new float[to - from];
      for (int i = 0; i < factors.length; i++) {
        factors[i] = factor.next();
      }
      try (NDManager scratch = images.getManager().newSubManager()) {
        NDArray disturbed =
            scratch
                .create(factors, new Shape(factors.length, 1, 1, 1))
                .mul(scratch.create(disturbance, new Shape(1, 1, size, size)));
        NDArray part = images.get("%d:%d".formatted(from, to));
        part.attach(scratch);
        float[] logits = network.logits(disturbed.addi(part)).toFloatArray();
        for (int i = 0; i < factors.length; i++) {
          float[] row = Arrays.copyOfRange(logits, i * classes, (i + 1) * classes);
          wrong += Logits.argmax(row) == labels[from + i] ? 0 : 1;
        }
      }
    }
    return (double) wrong / labels.length;
  }
}
