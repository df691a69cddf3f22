package io.fouriermasks.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import io.fouriermasks.Fixture;
import io.fouriermasks.network.Devices;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.Tensor;
import io.fouriermasks.network.Weights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MaskLanesTest {

  private static final TrainingListener SILENT = new TrainingListener() {};
  private static final ImageMaskSettings SETTINGS = ImageMaskSettings.PAPER.withMaxSteps(6);
  private static FrozenNetwork network;
  private static List<float[]> images;

  @BeforeAll
  static void load() throws Exception {
    network =
        FrozenNetwork.of(Weights.read(Fixture.file("compact_weights.safetensors")), Device.cpu());
    images = Fixture.load("network_compact.npz").rows("images").subList(0, 5);
  }

  @AfterAll
  static void close() {
    network.close();
  }

  @Test
  void masks_in_three_lanes_walk_the_paths_that_they_walk_in_one() {
    Map<Integer, ImageMask> expected = new HashMap<>();
    try (MaskLanes one = MaskLanes.onCallingThread(network, SETTINGS, new PassSize())) {
      one.admit(List.of(0, 1, 2, 3, 4), images);
      finish(one, expected);
    }
    Map<Integer, ImageMask> found = new HashMap<>();
    List<Integer> order = new ArrayList<>();
    try (MaskLanes three = lanes(new PassSize())) {
      three.admit(List.of(0, 1, 2, 3, 4), images);
      three.step(
          found,
          new TrainingListener() {
            @Override
            public void onImageStep(ImageStep step) {
              order.add(step.image());
            }
          });
      finish(three, found);
    }
    assertThat(order)
        .as("one after another into the lane with the fewest")
        .containsExactly(0, 3, 1, 4, 2);
    assertThat(found).containsOnlyKeys(0, 1, 2, 3, 4);
    for (int image = 0; image < images.size(); image++) {
      assertThat(found.get(image).label()).isEqualTo(expected.get(image).label());
      assertThat(found.get(image).steps()).isEqualTo(SETTINGS.maxSteps());
      assertThat(found.get(image).invariance())
          .containsExactly(expected.get(image).invariance(), within(1e-6f));
      assertThat(found.get(image).mask().fullPlane())
          .containsExactly(expected.get(image).mask().fullPlane(), within(1e-3f));
    }
  }

  @Test
  void a_light_network_has_a_lane_for_each_processor_or_image() {
    assertThat(MaskLanes.number(network, 1)).isEqualTo(1);
    assertThat(MaskLanes.number(network, 1000)).isEqualTo(Devices.threads());
  }

  @Test
  void lanes_that_go_on_from_a_checkpoint_give_the_same_bits() {
    Map<String, String> state = new LinkedHashMap<>();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Map<Integer, ImageMask> expected = new HashMap<>();
    try (MaskLanes undisturbed = lanes(new PassSize())) {
      undisturbed.admit(List.of(4, 2, 0, 1), images);
      undisturbed.step(expected, SILENT);
      undisturbed.save(state, tensors);
      finish(undisturbed, expected);
    }
    Checkpoint checkpoint = new Checkpoint("lanes", state, tensors);
    Map<Integer, ImageMask> found = new HashMap<>();
    assertThat(MaskLanes.number(checkpoint)).isEqualTo(3);
    try (MaskLanes continued = lanes(new PassSize())) {
      continued.restore(checkpoint);
      assertThat(continued.size()).isEqualTo(4);
      finish(continued, found);
    }
    assertThat(found).containsOnlyKeys(0, 1, 2, 4);
    expected.forEach(
        (image, mask) -> {
          assertThat(found.get(image).mask()).isEqualTo(mask.mask());
          assertThat(found.get(image).invariance()).isEqualTo(mask.invariance());
        });
  }

  @Test
  void the_failure_of_a_lane_is_that_of_the_step() {
    PassSize broken =
        new PassSize(
            count -> {
              if (Thread.currentThread().getName().equals("side by side")) {
                throw new EngineException("no luck");
              }
            });
    try (MaskLanes three = lanes(broken)) {
      three.admit(List.of(0, 1, 2), images);
      assertThatThrownBy(() -> three.step(new HashMap<>(), SILENT))
          .isInstanceOf(EngineException.class)
          .hasMessage("no luck");
    }
  }

  private static MaskLanes lanes(PassSize passes) {
    return MaskLanes.of(network, SETTINGS, passes, 3);
  }

  private static void finish(MaskLanes lanes, Map<Integer, ImageMask> results) {
    for (int step = 0; step <= SETTINGS.maxSteps() && lanes.size() > 0; step++) {
      lanes.step(results, SILENT);
    }
    assertThat(lanes.size()).isZero();
  }
}
