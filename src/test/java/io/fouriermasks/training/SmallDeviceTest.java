package io.fouriermasks.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import io.fouriermasks.Fixture;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.Logits;
import io.fouriermasks.network.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A device whose memory is enough for a pass of so many images only. */
class SmallDeviceTest {

  private static final TrainingListener SILENT = new TrainingListener() {};
  private static FrozenNetwork network;
  private static List<float[]> images;

  private final List<Integer> passes = new ArrayList<>();

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

  /** Says what libtorch says of a CPU that has too little. */
  private PassSize deviceFor(int most) {
    return new PassSize(
        count -> {
          passes.add(count);
          if (count > most) {
            throw new EngineException(
                "[enforce fail at alloc_cpu.cpp:115] err == 0. DefaultCPUAllocator: can't allocate"
                    + " memory: you tried to allocate 67108864 bytes. Error code 12");
          }
        });
  }

  @Test
  void masks_of_images_are_trained_with_half_as_many_in_a_pass_and_are_the_same() {
    ImageMaskSettings settings = ImageMaskSettings.PAPER.withMaxSteps(20);
    List<ImageMask> expected =
        new ImageMaskTrainer(network, settings, 5).onCallingThread().train(images, SILENT);
    List<ImageMask> found =
        new ImageMaskTrainer(network, settings, 5, deviceFor(3))
            .onCallingThread()
            .train(images, SILENT);
    assertThat(passes).startsWith(5, 3, 2, 3, 2).doesNotContain(4);
    for (int i = 0; i < images.size(); i++) {
      assertThat(found.get(i).label()).isEqualTo(expected.get(i).label());
      assertThat(found.get(i).sparsity())
          .containsExactly(expected.get(i).sparsity(), within(1e-4f));
      assertThat(found.get(i).invariance())
          .containsExactly(expected.get(i).invariance(), within(1e-5f));
    }
  }

  @Test
  void a_device_that_is_too_small_for_half_of_them_ends_the_training() {
    ImageMaskTrainer trainer =
        new ImageMaskTrainer(network, ImageMaskSettings.PAPER, 5, deviceFor(2)).onCallingThread();
    assertThatThrownBy(() -> trainer.train(images, SILENT))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("can't allocate memory");
    assertThat(passes).containsExactly(5, 3);
  }

  @Test
  void another_failure_is_not_tried_again() {
    PassSize broken =
        new PassSize(
            count -> {
              passes.add(count);
              throw new EngineException("cuDNN error");
            });
    assertThatThrownBy(
            () ->
                new ImageMaskTrainer(network, ImageMaskSettings.PAPER, 5, broken)
                    .onCallingThread()
                    .train(images, SILENT))
        .hasMessage("cuDNN error");
    assertThat(passes).containsExactly(5);
  }

  @Test
  void a_shared_mask_is_trained_with_half_of_a_minibatch_in_a_pass_and_is_the_same() {
    int[] labels = Arrays.stream(network.logits(images)).mapToInt(Logits::argmax).toArray();
    MaskImages all = MaskImages.of(images, labels);
    ModelMaskSettings settings =
        ModelMaskSettings.PAPER.withEpochs(4).withMaxLearningRate(0.01).minibatch(5);
    ModelMask expected =
        new ModelMaskTrainer(network, settings, Order.shuffled(31), 1)
            .train(all, Checkpoint.NONE, SILENT);
    ModelMask found =
        new ModelMaskTrainer(network, settings, Order.shuffled(31), 1, deviceFor(3))
            .train(all, Checkpoint.NONE, SILENT);
    assertThat(passes).startsWith(5, 3, 2, 3, 2);
    assertThat(found.mask().fullPlane())
        .containsExactly(expected.mask().fullPlane(), within(1e-4f));
  }
}
