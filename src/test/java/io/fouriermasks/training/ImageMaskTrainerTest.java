package io.fouriermasks.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.fouriermasks.Fixture;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.GradientLease;
import io.fouriermasks.network.Weights;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.spectrum.Npz;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ImageMaskTrainerTest {

  private static final TrainingListener SILENT = new TrainingListener() {};
  private static FrozenNetwork network;
  private static List<float[]> images;

  @BeforeAll
  static void load() throws Exception {
    network =
        FrozenNetwork.of(Weights.read(Fixture.file("compact_weights.safetensors")), Device.cpu());
    images = Fixture.load("network_compact.npz").rows("images");
  }

  @AfterAll
  static void close() {
    network.close();
  }

  /**
   * Adam turns gradients of the size of rounding into whole steps, so that paths part in the end,
   * on some processors after fewer steps than on others.
   */
  @Test
  void images_trained_together_walk_the_paths_that_they_walk_alone() {
    ImageMaskSettings settings = ImageMaskSettings.PAPER.withMaxSteps(50);
    List<ImageMask> together =
        new ImageMaskTrainer(network, settings).train(images.subList(0, 3), SILENT);
    for (int i = 0; i < 3; i++) {
      ImageMask alone =
          new ImageMaskTrainer(network, settings).train(images.subList(i, i + 1), SILENT).get(0);
      assertThat(Arrays.copyOf(together.get(i).invariance(), 20))
          .containsExactly(Arrays.copyOf(alone.invariance(), 20), within(1e-6f));
      assertThat(together.get(i).invariance()).containsExactly(alone.invariance(), within(1e-5f));
      assertThat(together.get(i).sparsity()).containsExactly(alone.sparsity(), within(1e-4f));
    }
  }

  @Test
  void an_image_that_is_done_makes_room_for_the_next_and_results_keep_the_order() {
    ImageMaskSettings settings = ImageMaskSettings.PAPER.withMaxSteps(5);
    List<ImageMask> two = new ImageMaskTrainer(network, settings, 2).train(images, SILENT);
    List<ImageMask> all = new ImageMaskTrainer(network, settings, 8).train(images, SILENT);
    for (int i = 0; i < images.size(); i++) {
      assertThat(two.get(i).steps()).isEqualTo(5);
      assertThat(two.get(i).label()).isEqualTo(all.get(i).label());
      assertThat(two.get(i).mask().fullPlane())
          .containsExactly(all.get(i).mask().fullPlane(), within(0.02f));
    }
  }

  @Test
  void a_cancelled_training_takes_no_further_step() {
    List<ImageStep> steps = new ArrayList<>();
    List<ImageMask> results =
        new ImageMaskTrainer(network, ImageMaskSettings.PAPER, 2)
            .train(
                images.subList(0, 3),
                new TrainingListener() {
                  @Override
                  public boolean isCancelled() {
                    return steps.size() >= 6;
                  }

                  @Override
                  public void onImageStep(ImageStep step) {
                    steps.add(step);
                  }
                });
    assertThat(steps).hasSize(6);
    assertThat(results).extracting(ImageMask::steps).containsExactly(3, 3, 0);
    assertThat(results).extracting(ImageMask::stopReason).containsOnly(StopReason.CANCELLED);
    assertThat(results.get(2).mask()).isEqualTo(FourierMask.ones(128));
  }

  @Test
  void steps_are_reported_with_the_values_before_them_and_snapshots_with_the_mask_after() {
    List<ImageStep> steps = new ArrayList<>();
    List<MaskSnapshot> snapshots = new ArrayList<>();
    ImageMask result =
        new ImageMaskTrainer(network, ImageMaskSettings.PAPER.withMaxSteps(4))
            .train(
                images.subList(0, 1),
                new TrainingListener() {
                  @Override
                  public void onImageStep(ImageStep step) {
                    steps.add(step);
                  }

                  @Override
                  public boolean wantsSnapshot(int image, int step) {
                    return step == 4;
                  }

                  @Override
                  public void onSnapshot(MaskSnapshot snapshot) {
                    snapshots.add(snapshot);
                  }
                })
            .get(0);
    assertThat(steps).extracting(ImageStep::step).containsExactly(1, 2, 3, 4);
    assertThat(steps.get(0).sparsity()).isEqualTo(1.0, within(1e-6));
    assertThat(steps.get(0).learningRate()).isEqualTo(0.008, within(1e-9));
    assertThat(steps.get(3).sparsity()).isEqualTo(result.sparsity()[3], within(1e-9));
    assertThat(snapshots).hasSize(1);
    assertThat(snapshots.get(0).mask()).isEqualTo(result.mask());
  }

  @Test
  void an_image_converges_after_three_hundred_quiet_steps_and_keeps_its_prediction() {
    ImageMaskSettings paper = ImageMaskSettings.PAPER;
    // a short patience, so that the test is short; the rule is the same
    ImageMaskSettings patience =
        new ImageMaskSettings(
            "test", 0.2, paper.scheduleSteps(), 0.1, paper.decay(), 2_000, 5, 1e-3, 1e-2);
    ImageMask result =
        new ImageMaskTrainer(network, patience).train(images.subList(0, 1), SILENT).get(0);
    assertThat(result.stopReason()).isEqualTo(StopReason.CONVERGED);
    assertThat(result.predictionKept()).isTrue();
    int quiet = 0;
    for (int i = 1; i < result.steps(); i++) {
      boolean still =
          Math.abs(result.invariance()[i] - result.invariance()[i - 1]) <= 1e-3
              && Math.abs(result.sparsity()[i] - result.sparsity()[i - 1]) <= 1e-2;
      quiet = still ? quiet + 1 : 0;
    }
    assertThat(quiet).isEqualTo(5);
  }

  @Test
  void the_exponential_goes_on_as_its_tangent_beyond_the_bound() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        GradientLease lease = GradientLease.acquire()) {
      NDArray exponent = manager.create(new float[] {0, 1, 39, 50, 1000});
      exponent.setRequiresGradient(true);
      NDArray value = MaskObjective.boundedExp(exponent);
      lease.backward(value.sum());
      float edge = (float) Math.exp(40);
      assertThat(value.toFloatArray())
          .usingComparatorWithPrecision(edge * 1e-3f)
          .containsExactly(1, (float) Math.E, (float) Math.exp(39), 11 * edge, 961 * edge);
      assertThat(value.toFloatArray()[1]).isCloseTo((float) Math.E, within(1e-6f));
      float[] gradient = exponent.getGradient().toFloatArray();
      assertThat(gradient[1]).isCloseTo((float) Math.E, within(1e-6f));
      assertThat(gradient[3]).isCloseTo(edge, withinPercentage(0.01));
      assertThat(gradient[4]).isCloseTo(edge, withinPercentage(0.01));
      assertThat(gradient[4] * gradient[4]).isFinite(); // Adam squares it
    }
  }

  @Test
  void an_image_that_is_not_finite_fails_alone_with_its_last_finite_mask() {
    float[] broken = images.get(1).clone();
    broken[77] = Float.NaN;
    List<ImageMask> results =
        new ImageMaskTrainer(network, ImageMaskSettings.PAPER.withMaxSteps(3))
            .train(List.of(images.get(0), broken), SILENT);
    assertThat(results.get(0).stopReason()).isEqualTo(StopReason.STEP_LIMIT);
    assertThat(results.get(0).steps()).isEqualTo(3);
    assertThat(results.get(1).stopReason()).isEqualTo(StopReason.NON_FINITE);
    assertThat(results.get(1).mask()).isEqualTo(FourierMask.ones(128));
  }

  @Test
  void the_archive_holds_mask_curves_and_metadata_and_gives_the_mask_back() throws Exception {
    ImageMask result =
        new ImageMaskTrainer(network, ImageMaskSettings.PAPER.withMaxSteps(3))
            .train(images.subList(0, 1), SILENT)
            .get(0);
    byte[] npz = MaskArchive.npz(result, Map.of("image", "a.jpg"));
    assertThat(MaskArchive.readMask(npz)).isEqualTo(result.mask());
    assertThat(MaskArchive.readMask(MaskArchive.npy(result.mask()))).isEqualTo(result.mask());
    var arrays = Npz.decode(npz);
    assertThat(arrays.get("mask").shape()).containsExactly(128, 128);
    assertThat(arrays.get("sparsity").floats()).containsExactly(result.sparsity());
    assertThat(new String(arrays.get("meta").data(), StandardCharsets.UTF_8))
        .contains("\"image\":\"a.jpg\"", "\"steps\":3", "\"stopReason\":\"step_limit\"");
  }
}
