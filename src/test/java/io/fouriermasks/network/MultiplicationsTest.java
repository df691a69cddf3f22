package io.fouriermasks.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MultiplicationsTest {

  /**
   * torchvision's documentation gives 1.81 and 7.61 thousand million for three channels, 1000
   * classes.
   */
  @Test
  void networks_of_full_size_have_what_torchvision_says_of_them() {
    long resnet = Multiplications.of(Architecture.of("resnet").layers(1000), 224);
    long vgg = Multiplications.of(Architecture.of("vgg").layers(1000), 224);
    long moreChannelsOfResnet = 2L * 112 * 112 * 64 * 49;
    long moreChannelsOfVgg = 2L * 224 * 224 * 64 * 9;
    assertThat((resnet + moreChannelsOfResnet) * 1e-9).isCloseTo(1.81, within(0.01));
    assertThat((vgg + moreChannelsOfVgg) * 1e-9).isCloseTo(7.61, within(0.01));
  }

  @Test
  void those_of_compact_can_be_counted_by_hand() {
    long first = 64L * 64 * 16 * 25;
    long stage1 = 2 * 64L * 64 * 16 * 16 * 9;
    long stage2 = 32L * 32 * (16 * 32 * 9 + 32 * 32 * 9 + 16 * 32);
    long stage3 = 16L * 16 * (32 * 64 * 9 + 64 * 64 * 9 + 32 * 64);
    long stage4 = 8L * 8 * (64 * 128 * 9 + 128 * 128 * 9 + 64 * 128);
    assertThat(Multiplications.of(Architecture.of("compact").layers(5), 128))
        .isEqualTo(first + stage1 + stage2 + stage3 + stage4 + 128 * 5);
  }

  @Test
  void four_images_of_a_light_network_use_one_processor_and_a_heavy_one_uses_all() {
    try (FrozenNetwork compact = untrained("compact");
        FrozenNetwork resnet = untrained("resnet")) {
      assertThat(IntStream.of(1, 4, 5, 16).map(compact::processors)).containsExactly(1, 1, 2, 4);
      assertThat(resnet.processors(1)).isEqualTo(Integer.MAX_VALUE);
    }
  }

  private static FrozenNetwork untrained(String architecture) {
    ModelCard card =
        ModelCard.of(Architecture.of(architecture), "n", List.of("a", "b", "c", "d", "e"));
    return FrozenNetwork.of(Initialisation.draw(card, 31), Device.cpu());
  }
}
