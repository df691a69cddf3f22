package io.fouriermasks.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.fouriermasks.Fixture;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageMaskResumeTest {

  /** Every image takes 5 steps, two at a time: they end and make room at different steps. */
  private static final ImageMaskSettings SETTINGS = ImageMaskSettings.PAPER.withMaxSteps(5);

  private static FrozenNetwork network;
  private static List<float[]> images;

  @TempDir private Path folder;

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

  /** Before the first pass, within the first images, when images change, and at the end. */
  @ParameterizedTest
  @ValueSource(ints = {0, 3, 5, 6, 11, 16})
  void a_training_that_was_killed_ends_with_the_very_same_masks(int passes) throws IOException {
    resume(SETTINGS, passes);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 28, 61})
  void so_does_a_search_in_trust_regions(int passes) throws IOException {
    resume(TrustRegionSettings.FAST.withMaxSteps(30), passes);
  }

  /** A step that does not halve the objective ends a descent, and the next one begins. */
  @ParameterizedTest
  @ValueSource(ints = {1, 28, 61})
  void so_does_one_that_has_gone_down_many_times(int passes) throws IOException {
    TrustRegionSettings fast = TrustRegionSettings.FAST;
    TrustRegionSettings.Descent hasty = new TrustRegionSettings.Descent(0.05, 0.5, 1);
    resume(
        new TrustRegionSettings(
            "hasty",
            fast.decay(),
            30,
            hasty,
            hasty,
            fast.sparse(),
            fast.hope(),
            fast.minRadius(),
            fast.memory(),
            fast.tolerance(),
            fast.progress(),
            fast.quietSteps(),
            fast.candidates()),
        passes);
  }

  private void resume(SearchSettings settings, int passes) throws IOException {
    ImageMaskTrainer trainer = new ImageMaskTrainer(network, settings, 2);
    Map<Integer, ImageMask> undisturbed =
        trainer.train(images, Set.of(), Checkpoint.NONE, new TrainingListener() {});
    Path file = folder.resolve("images.checkpoint.safetensors");

    Killer killer = new Killer(passes, file);
    trainer.train(images, Set.of(), Checkpoint.NONE, killer);
    Checkpoint checkpoint = Checkpoint.read(file, trainer.specification(images));
    Map<Integer, ImageMask> masks = new HashMap<>(killer.finished);
    masks.putAll(trainer.train(images, Set.of(), checkpoint, new TrainingListener() {}));

    assertThat(checkpoint.steps()).isEqualTo(passes);
    assertThat(masks).hasSameSizeAs(images);
    undisturbed.forEach(
        (image, expected) -> {
          ImageMask actual = masks.get(image);
          assertThat(actual.mask()).isEqualTo(expected.mask());
          assertThat(actual.invariance()).isEqualTo(expected.invariance());
          assertThat(actual.sparsity()).isEqualTo(expected.sparsity());
          assertThat(actual.maskedLogits()).isEqualTo(expected.maskedLogits());
          assertThat(actual.stopReason()).isEqualTo(expected.stopReason());
        });
  }

  /** On a GPU the number was measured; measured again it might be another one. */
  @Test
  void a_training_that_goes_on_keeps_its_number_of_images_at_once() throws IOException {
    Path file = folder.resolve("images.checkpoint.safetensors");
    ImageMaskTrainer trainer = new ImageMaskTrainer(network, SETTINGS, 2);
    trainer.train(images, Set.of(), Checkpoint.NONE, new Killer(3, file));
    Checkpoint checkpoint = Checkpoint.read(file, trainer.specification(images));
    List<Integer> told = new ArrayList<>();
    new ImageMaskTrainer(network, SETTINGS)
        .train(
            images,
            Set.of(),
            checkpoint,
            new TrainingListener() {
              @Override
              public void onAtOnce(int images) {
                told.add(images);
              }

              @Override
              public boolean isCancelled() {
                return true;
              }
            });
    assertThat(told).containsExactly(2);
  }

  @Test
  void images_that_are_done_are_left_out() {
    List<Integer> finished = new ArrayList<>();
    Map<Integer, ImageMask> masks =
        new ImageMaskTrainer(network, SETTINGS, 2)
            .train(
                images,
                Set.of(0, 3),
                Checkpoint.NONE,
                new TrainingListener() {
                  @Override
                  public void onImageFinished(int image, ImageMask result) {
                    finished.add(image);
                  }
                });

    assertThat(masks).containsOnlyKeys(1, 2, 4);
    assertThat(finished).containsExactly(1, 2, 4);
  }

  /** Takes a checkpoint after some passes, and lets what follows be lost. */
  private static final class Killer implements TrainingListener {
    private final Map<Integer, ImageMask> finished = new HashMap<>();
    private final int passes;
    private final Path file;
    private int asked;

    Killer(int passes, Path file) {
      this.passes = passes;
      this.file = file;
    }

    @Override
    public boolean isCancelled() {
      return asked > passes + 1;
    }

    @Override
    public boolean wantsCheckpoint() {
      return asked++ == passes;
    }

    @Override
    public void onCheckpoint(Checkpoint checkpoint) {
      try {
        checkpoint.write(file);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void onImageFinished(int image, ImageMask result) {
      if (asked <= passes) {
        finished.put(image, result);
      }
    }
  }
}
