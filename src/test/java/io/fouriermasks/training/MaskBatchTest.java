package io.fouriermasks.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.fouriermasks.Fixture;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.GradientLease;
import io.fouriermasks.network.Logits;
import io.fouriermasks.network.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A training may take a hundred thousand steps: what each of them leaves on the device adds up. */
class MaskBatchTest {

  private static final PassSize ALL = new PassSize();
  private static FrozenNetwork network;
  private static List<float[]> images;

  @BeforeAll
  static void load() throws Exception {
    network =
        FrozenNetwork.of(Weights.read(Fixture.file("compact_weights.safetensors")), Device.cpu());
    images = Fixture.load("network_compact.npz").rows("images").subList(0, 3);
  }

  @AfterAll
  static void close() {
    network.close();
  }

  static Stream<SearchSettings> searches() {
    return Stream.of(ImageMaskSettings.PAPER, TrustRegionSettings.FAST);
  }

  @ParameterizedTest
  @MethodSource("searches")
  void a_step_leaves_no_more_on_the_device_than_the_one_before_it(SearchSettings settings) {
    try (MaskBatch batch = new MaskBatch(network, settings, ALL)) {
      List<ImageRun> runs = begin(batch, settings);
      int arrays = batch.arrays();
      for (int i = 0; i < 5; i++) {
        step(batch, runs);
        batch.mask(0);
      }
      assertThat(batch.arrays()).isEqualTo(arrays).isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource("searches")
  void an_image_that_leaves_takes_nothing_but_its_rows_along(SearchSettings settings) {
    try (MaskBatch batch = new MaskBatch(network, settings, ALL)) {
      List<ImageRun> runs = begin(batch, settings);
      int arrays = batch.arrays();
      batch.retain(new int[] {0, 2});
      batch.admit(images.subList(1, 2));
      step(batch, runs);
      assertThat(batch.arrays()).isEqualTo(arrays);
    }
  }

  @Test
  void a_step_of_a_shared_mask_leaves_what_it_has_seen_until_that_is_read() {
    int[] labels = Arrays.stream(network.logits(images)).mapToInt(Logits::argmax).toArray();
    int[] all = {0, 1, 2};
    try (ImageSpectra spectra = new ImageSpectra(network, MaskImages.of(images, labels));
        SharedMask shared = SharedMask.ones(network, ModelMaskSettings.PAPER.decay(), ALL)) {
      spectra.measure(3, () -> false);
      OneCycle schedule = new OneCycle(0.001, 6L * all.length, 0.1);
      shared.step(spectra, all, schedule, 0);
      shared.read();
      int arrays = shared.arrays();
      for (int step = 1; step < 6; step++) {
        shared.step(spectra, all, schedule, (long) step * all.length);
        assertThat(shared.arrays()).isEqualTo(arrays + step);
      }
      shared.read();
      assertThat(shared.arrays()).isEqualTo(arrays).isPositive();
    }
  }

  /** Two steps in: from then on every array that is kept is there. */
  private static List<ImageRun> begin(MaskBatch batch, SearchSettings settings) {
    List<ImageRun> runs =
        batch.admit(images).stream().map(clean -> new ImageRun(0, settings, clean, 0)).toList();
    step(batch, runs);
    step(batch, runs);
    return runs;
  }

  private static void step(MaskBatch batch, List<ImageRun> runs) {
    try (GradientLease lease = GradientLease.acquire()) {
      batch.step(runs, lease);
    }
    runs.forEach(run -> run.record(0, 1, false));
  }
}
