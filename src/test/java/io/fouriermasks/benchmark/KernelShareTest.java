package io.fouriermasks.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.Fixture;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.Weights;
import io.fouriermasks.training.ImageMaskSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The share of a step that is neither a convolution nor a matrix product. */
class KernelShareTest {

  @Test
  void a_product_within_a_product_counts_once_and_each_thread_by_itself() throws Exception {
    String trace =
        """
        [{"name": "aten::convolution", "ts": 100.0, "dur": 50.0, "tid": 1},
         {"name": "aten::addmm", "ts": 110.0, "dur": 20.0, "tid": 1},
         {"name": "aten::relu", "ts": 160.0, "dur": 500.0, "tid": 1},
         {"name": "aten::mm", "ts": 140.0, "dur": 30.0, "tid": 1},
         {"name": "aten::convolution_backward", "ts": 110.0, "dur": 7.0, "tid": 2}]
        """;
    assertThat(KernelShare.productMicros(new ObjectMapper().readTree(trace))).isEqualTo(77);
  }

  @Test
  void of_real_steps_a_part_is_computed_in_products_and_a_part_is_not() throws Exception {
    try (FrozenNetwork network =
        FrozenNetwork.of(Weights.read(Fixture.file("compact_weights.safetensors")), Device.cpu())) {
      List<float[]> images = Fixture.load("network_compact.npz").rows("images").subList(0, 2);
      ImageMaskSettings settings = ImageMaskSettings.PAPER.withMaxSteps(100);
      assertThat(KernelShare.outside(network, settings, images, 3)).isBetween(0.05, 0.95);
    }
  }
}
