package io.fouriermasks.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.fouriermasks.spectrum.ColorMap;
import io.fouriermasks.spectrum.Energies;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.spectrum.FrequencyBands;
import io.fouriermasks.spectrum.HalfPlane;
import io.fouriermasks.spectrum.MaskPicture;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Times of the inner parts, by JMH, which takes a minute: with {@code -Djmh=true} only. Masks and
 * images are 128 x 128, eight of them where there is a batch.
 */
public class InnerPartsIT {

  @Test
  @EnabledIfSystemProperty(named = "jmh", matches = "true")
  void every_part_is_measured() throws Exception {
    assertThat(
            new Runner(
                    new OptionsBuilder()
                        .include(Parts.class.getName().replace('$', '.'))
                        .shouldFailOnError(true)
                        .build())
                .run())
        .hasSize(5);
  }

  /** What is measured. */
  @State(Scope.Thread)
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  @Warmup(iterations = 3, time = 1)
  @Measurement(iterations = 5, time = 1)
  @Fork(1)
  public static class Parts {

    private static final int SIZE = 128;
    private static final int BATCH = 8;

    private final FrequencyBands bands = FrequencyBands.of(SIZE);
    private FourierMask mask;
    private NDManager manager;
    private NDArray images;
    private NDArray spectrum;
    private NDArray masks;

    /** Random values from a fixed seed. */
    @Setup
    public void setUp() {
      Random random = new Random(31);
      float[] plane = new float[SIZE * FourierMask.columns(SIZE)];
      for (int i = 0; i < plane.length; i++) {
        plane[i] = random.nextFloat();
      }
      mask = FourierMask.ofHalfPlane(SIZE, plane);
      manager = NDManager.newBaseManager(Device.cpu());
      images = manager.randomNormal(new Shape(BATCH, 1, SIZE, SIZE));
      spectrum = HalfPlane.spectrum(images);
      spectrum.attach(manager);
      masks = manager.ones(new Shape(BATCH, 1, SIZE, FourierMask.columns(SIZE)));
    }

    @TearDown
    public void tearDown() {
      manager.close();
    }

    /** The transform of eight images. */
    @Benchmark
    public void spectrumOfEight() {
      HalfPlane.spectrum(images).close();
    }

    /** Eight masks on eight spectra, and the transform back. */
    @Benchmark
    public void eightMasksApplied() {
      HalfPlane.masked(masks, spectrum).close();
    }

    /** The sums of a mask over 64 rings and 64 wedges. */
    @Benchmark
    public Energies bandsOfAMask() {
      return bands.energies(mask);
    }

    /** The colours of a mask. */
    @Benchmark
    public int coloursOfAMask() {
      int sum = 0;
      for (int i = 0; i < SIZE * SIZE; i++) {
        sum += ColorMap.TURBO.rgb(i / (float) (SIZE * SIZE));
      }
      return sum;
    }

    /** A mask as a .png in colours. */
    @Benchmark
    public byte[] pictureOfAMask() {
      return MaskPicture.png(mask, ColorMap.TURBO, true);
    }
  }
}
