package io.fouriermasks.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import io.fouriermasks.Fixture;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** How many images are trained at once, on devices whose passes take a known time. */
class BatchTrialTest {

  private final List<Integer> tried = new ArrayList<>();

  private BatchTrial device(IntToDoubleFunction secondsAPass) {
    return new BatchTrial(
        images -> {
          tried.add(images);
          return secondsAPass.applyAsDouble(images);
        });
  }

  /** Up to 100 images it takes the same time, from there on more for each. */
  private static double busyFrom100(int images) {
    return Math.max(100, images) * 1e-3;
  }

  @Test
  void a_device_gets_as_many_as_keep_it_busy() {
    assertThat(device(BatchTrialTest::busyFrom100).choose(16, 1000)).isEqualTo(128);
    assertThat(tried).containsExactly(16, 32, 64, 128, 256);
  }

  @Test
  void never_more_are_tried_than_wait_but_for_the_rest_of_the_last_doubling() {
    assertThat(device(BatchTrialTest::busyFrom100).choose(16, 40)).isEqualTo(64);
    assertThat(tried).containsExactly(16, 32, 64);
    tried.clear();
    assertThat(device(BatchTrialTest::busyFrom100).choose(16, 16)).isEqualTo(16);
    assertThat(tried).isEmpty();
    assertThat(device(images -> 1).choose(16, 10_000)).isEqualTo(BatchTrial.MOST);
  }

  @Test
  void a_device_whose_memory_ends_gets_half_of_what_just_fits() {
    BatchTrial small =
        device(
            images -> {
              if (images > 64) {
                throw new EngineException("CUDA out of memory. Tried to allocate 20.00 MiB");
              }
              return 1;
            });
    assertThat(small.choose(16, 1000)).isEqualTo(32);
    assertThat(tried).containsExactly(16, 32, 64, 128);
  }

  @Test
  void another_error_is_not_taken_for_a_lack_of_memory() {
    BatchTrial broken =
        device(
            images -> {
              throw new EngineException("CUDA error: an illegal memory access was encountered");
            });
    assertThatThrownBy(() -> broken.choose(16, 1000)).hasMessageContaining("illegal memory");
  }

  @Test
  void real_passes_of_a_network_are_measured() throws Exception {
    try (FrozenNetwork network =
        FrozenNetwork.of(Weights.read(Fixture.file("compact_weights.safetensors")), Device.cpu())) {
      float[] image = Fixture.load("network_compact.npz").rows("images").get(0);
      assertThat(BatchTrial.of(network, image).choose(1, 4)).isIn(1, 2, 4);
    }
  }
}
