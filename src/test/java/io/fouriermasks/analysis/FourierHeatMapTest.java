package io.fouriermasks.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.fouriermasks.analysis.FourierHeatMap.Settings;
import io.fouriermasks.dataset.Batch;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.spectrum.HalfPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FourierHeatMapTest {

  private static final Batch IMAGES =
      Pictures.batch(
          new int[] {1, 1, 1, 0, 0, 0},
          Pictures.constant(0.2f),
          Pictures.constant(0.2f),
          Pictures.constant(0.2f),
          Pictures.constant(0.01f),
          Pictures.constant(0.01f),
          Pictures.constant(0.01f));

  @ParameterizedTest
  @CsvSource({"0, 0", "5, 9", "-5, 9", "3, 0", "0, 64", "64, 0", "64, 64", "7, 64"})
  void a_disturbance_has_unit_norm_and_one_real_frequency(int down, int across) {
    float[] image = FourierHeatMap.disturbance(128, down, across);
    double squares = 0;
    for (float pixel : image) {
      squares += (double) pixel * pixel;
    }
    assertThat(squares).isCloseTo(1, within(1e-5));
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      float[] amplitudes =
          HalfPlane.spectrum(manager.create(image, new Shape(1, 1, 128, 128))).abs().toFloatArray();
      int expected = Math.floorMod(down, 128) * 65 + across;
      int conjugate = Math.floorMod(-down, 128) * 65 + across;
      for (int cell = 0; cell < amplitudes.length; cell++) {
        boolean stored = cell == expected || (cell == conjugate && across % 64 == 0);
        assertThat(amplitudes[cell] > 1e-3f).as("cell %d", cell).isEqualTo(stored);
      }
    }
  }

  @Test
  void errors_appear_only_at_the_frequencies_that_the_network_sees() {
    // 20 / 128 more or less mean, and sqrt 2 times that of a cosine, crosses the threshold 0.1
    try (FrozenNetwork network = Pictures.gridMean(10, 0.1f)) {
      List<Integer> progress = new ArrayList<>();
      FourierHeatMap map =
          FourierHeatMap.measure(
              network, IMAGES, new Settings(20, 8, 3), listener(progress, Integer.MAX_VALUE));
      assertThat(map.cleanError()).isEqualTo(0);
      assertThat(map.images()).isEqualTo(6);
      for (int down = -64; down < 64; down++) {
        for (int across = -64; across < 64; across++) {
          float error = map.errors()[Math.floorMod(down, 128) * 128 + Math.floorMod(across, 128)];
          if (down * down + across * across > 64) {
            assertThat(error).isNaN();
          } else if (down % 8 == 0 && across % 8 == 0) {
            assertThat(error).isGreaterThan(0).isLessThan(1);
          } else {
            assertThat(error).isEqualTo(0);
          }
        }
      }
      assertThat(map.errors()[8]).isEqualTo(map.errors()[120]); // mirrored
      assertThat(progress).hasSize(99).endsWith(99);
      assertThat(new Settings(20, 8, 3).frequencies(128)).isEqualTo(99);
    }
  }

  @Test
  void the_same_seed_draws_the_same_signs() {
    try (FrozenNetwork network = Pictures.gridMean(10, 0.1f)) {
      float[] first = errors(network, 5);
      assertThat(errors(network, 5)).isEqualTo(first);
    }
  }

  @Test
  void a_cancelled_map_ends() {
    try (FrozenNetwork network = Pictures.gridMean(10, 0.1f)) {
      List<Integer> progress = new ArrayList<>();
      assertThatThrownBy(
              () ->
                  FourierHeatMap.measure(
                      network, IMAGES, new Settings(20, 8, 3), listener(progress, 2)))
          .isInstanceOf(CancellationException.class);
      assertThat(progress).containsExactly(1, 2);
    }
  }

  @Test
  void all_frequencies_are_8194() {
    assertThat(new Settings(1, 91, 0).frequencies(128)).isEqualTo(8194);
    assertThatThrownBy(() -> new Settings(0, 8, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static float[] errors(FrozenNetwork network, long seed) {
    return FourierHeatMap.measure(network, IMAGES, new Settings(20, 1, seed), AnalysisListener.NONE)
        .errors();
  }

  private static AnalysisListener listener(List<Integer> progress, int cancelAt) {
    return new AnalysisListener() {
      @Override
      public void onProgress(int done) {
        progress.add(done);
      }

      @Override
      public boolean isCancelled() {
        return progress.size() >= cancelAt;
      }
    };
  }
}
