package io.fouriermasks.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.fouriermasks.Fixture;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.Logits;
import io.fouriermasks.network.Weights;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.spectrum.HalfPlane;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelMaskTrainerTest {

  private static final TrainingListener SILENT = new TrainingListener() {};

  /** Five images and three epochs, at a rate at which the mask soon moves. */
  private static final ModelMaskSettings SHORT =
      ModelMaskSettings.PAPER.withEpochs(3).withMaxLearningRate(0.01);

  private static FrozenNetwork network;
  private static List<float[]> pixels;
  private static int[] predictions;
  private static MaskImages images;

  @TempDir Path folder;

  @BeforeAll
  static void load() throws Exception {
    network =
        FrozenNetwork.of(Weights.read(Fixture.file("compact_weights.safetensors")), Device.cpu());
    pixels = Fixture.load("network_compact.npz").rows("images").subList(0, 5);
    predictions = Arrays.stream(network.logits(pixels)).mapToInt(Logits::argmax).toArray();
    images = MaskImages.of(pixels, predictions);
  }

  @AfterAll
  static void close() {
    network.close();
  }

  @Test
  void an_interrupted_training_goes_on_bit_for_bit_wherever_it_was_interrupted() throws Exception {
    ModelMask whole = train(SHORT, SILENT);
    assertThat(whole.steps()).isEqualTo(15);
    // in the middle of an epoch, after its first and its last step, before its evaluation
    for (int[] stops : new int[][] {{1, 5, 12}, {3, 4, 10}, {2, 6, 14, 15}}) {
      Checkpoint checkpoint = Checkpoint.NONE;
      for (int stop : stops) {
        Interrupted interrupted = new Interrupted(stop, 0);
        ModelMask cut = trainer(SHORT).train(images, checkpoint, interrupted);
        assertThat(cut.stopReason()).isEqualTo(StopReason.CANCELLED);
        assertThat(cut.steps()).isEqualTo(stop);
        // through a file, as after the death of the process
        Path file = folder.resolve(stop + ".safetensors");
        interrupted.last.write(file);
        checkpoint = Checkpoint.read(file, trainer(SHORT).specification(images));
        assertThat(checkpoint.steps()).isEqualTo(stop);
      }
      ModelMask resumed = trainer(SHORT).train(images, checkpoint, SILENT);
      assertThat(resumed).usingRecursiveComparison().ignoringFields("seconds").isEqualTo(whole);
      assertThat(resumed.seconds()).isGreaterThan(checkpoint.real("seconds"));
    }
  }

  @Test
  void an_interruption_right_after_an_evaluation_does_not_evaluate_again() {
    ModelMask whole = train(SHORT, SILENT);
    Interrupted interrupted = new Interrupted(0, 2);
    ModelMask cut = train(SHORT, interrupted);
    assertThat(cut.epochs()).isEqualTo(2);
    assertThat(cut.maskedAccuracy()).isNaN();
    assertThat(trainer(SHORT).train(images, interrupted.last, SILENT))
        .usingRecursiveComparison()
        .ignoringFields("seconds")
        .isEqualTo(whole);
  }

  @Test
  void values_that_are_read_from_the_device_some_steps_later_are_the_same() {
    Interrupted interrupted = new Interrupted(7, 0);
    ModelMask cut =
        new ModelMaskTrainer(network, SHORT, Order.shuffled(31), 4)
            .train(images, Checkpoint.NONE, interrupted);
    assertThat(cut.steps()).isEqualTo(9); // the seventh was heard of at the ninth
    assertThat(
            new ModelMaskTrainer(network, SHORT, Order.shuffled(31), 4)
                .train(images, interrupted.last, SILENT))
        .usingRecursiveComparison()
        .ignoringFields("seconds")
        .isEqualTo(train(SHORT, SILENT));
  }

  @Test
  void a_checkpoint_of_another_training_is_refused() {
    Interrupted interrupted = new Interrupted(2, 0);
    trainer(SHORT).train(images, Checkpoint.NONE, interrupted);
    assertThatThrownBy(() -> trainer(SHORT.withSeed(32)).train(images, interrupted.last, SILENT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("seed=31")
        .hasMessageContaining("seed=32");
    int[] otherLabels = predictions.clone();
    otherLabels[3] = (otherLabels[3] + 1) % 5;
    assertThatThrownBy(
            () ->
                trainer(SHORT).train(MaskImages.of(pixels, otherLabels), interrupted.last, SILENT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void steps_and_epochs_are_reported_and_make_up_the_curves() {
    List<MaskStep> steps = new ArrayList<>();
    List<MaskEpoch> epochs = new ArrayList<>();
    ModelMask result =
        train(
            SHORT,
            new TrainingListener() {
              @Override
              public void onMaskStep(MaskStep step) {
                steps.add(step);
              }

              @Override
              public void onMaskEpoch(MaskEpoch epoch) {
                epochs.add(epoch);
              }
            });
    assertThat(steps.stream().mapToInt(MaskStep::step)).containsExactly(boxed(range(1, 15)));
    assertThat(steps).extracting(MaskStep::steps).containsOnly(15);
    assertThat(steps.get(0).sparsity()).isEqualTo(1);
    assertThat(epochs).extracting(MaskEpoch::epoch).containsExactly(1, 2, 3);
    for (int i = 0; i < 3; i++) {
      assertThat(epochs.get(i).meanInvariance())
          .isEqualTo(
              steps.subList(5 * i, 5 * i + 5).stream()
                  .mapToDouble(MaskStep::invariance)
                  .average()
                  .orElseThrow(),
              within(1e-15));
      assertThat(result.invariance()[i]).isEqualTo((float) epochs.get(i).meanInvariance());
      assertThat(result.sparsity()[i]).isEqualTo((float) epochs.get(i).sparsity());
      assertThat(result.accuracy()[i]).isEqualTo((float) epochs.get(i).maskedAccuracy());
    }
    // the next step sees the mask that the epoch ended with
    assertThat(steps.get(5).sparsity()).isEqualTo(epochs.get(0).sparsity(), within(1e-6));
    assertThat(result.unmaskedAccuracy()).isEqualTo(1);
    assertThat(result.stopReason()).isEqualTo(StopReason.STEP_LIMIT);
    assertThat(result.converged()).isTrue();
    assertThat(result.keptEpoch()).isEqualTo(3);
    assertThat(result.mask().sparsity()).isEqualTo(epochs.get(2).sparsity());
  }

  @Test
  void seven_quiet_epochs_in_a_row_end_the_training() {
    // so slow that no epoch moves the mask by more than 1e-5
    ModelMask result = train(SHORT.withEpochs(50).withMaxLearningRate(1e-7), SILENT);
    assertThat(result.stopReason()).isEqualTo(StopReason.CONVERGED);
    assertThat(result.epochs()).isEqualTo(7);
    assertThat(result.keptEpoch()).isEqualTo(7);
  }

  @Test
  void a_mask_that_never_keeps_the_accuracy_is_the_last_one_marked_as_not_converged() {
    ModelMaskSettings impossible =
        new ModelMaskSettings("test", 2, 0.01, 0.1, 0.2, 1, 7, 1.01, 1e-5, 31);
    ModelMask result = train(impossible, SILENT);
    assertThat(result.stopReason()).isEqualTo(StopReason.STEP_LIMIT);
    assertThat(result.converged()).isFalse();
    assertThat(result.keptEpoch()).isZero();
    assertThat(result.mask().sparsity()).isEqualTo(result.sparsity()[1], within(1e-6));
  }

  @Test
  void the_mask_that_is_kept_is_that_of_the_last_good_epoch() {
    // a rate so large that the mask is soon far too sparse for the fourth label
    int[] labels = predictions.clone();
    List<MaskEpoch> epochs = new ArrayList<>();
    ModelMask result =
        new ModelMaskTrainer(
                network, new ModelMaskSettings("test", 6, 0.5, 0.1, 2000, 1, 7, 0.99, 1e-5, 31))
            .train(
                MaskImages.of(pixels, labels),
                Checkpoint.NONE,
                new TrainingListener() {
                  @Override
                  public void onMaskEpoch(MaskEpoch epoch) {
                    epochs.add(epoch);
                  }
                });
    int last = epochs.stream().filter(MaskEpoch::kept).mapToInt(MaskEpoch::epoch).max().orElse(0);
    assertThat(last).isLessThan(6);
    assertThat(result.keptEpoch()).isEqualTo(last);
    assertThat(result.mask().sparsity())
        .isEqualTo(epochs.get((last == 0 ? 6 : last) - 1).sparsity());
  }

  @Test
  void an_image_that_is_not_finite_ends_the_training_with_the_last_finite_mask() {
    float[] broken = pixels.get(2).clone();
    broken[77] = Float.NaN;
    List<float[]> some = List.of(pixels.get(0), pixels.get(1), broken);
    ModelMask result =
        new ModelMaskTrainer(network, SHORT, Order.given())
            .train(MaskImages.of(some, new int[] {0, 1, 2}), Checkpoint.NONE, SILENT);
    assertThat(result.stopReason()).isEqualTo(StopReason.NON_FINITE);
    assertThat(result.steps()).isEqualTo(2);
    assertThat(result.mask().sparsity()).isFinite().isLessThan(1);
    assertThat(result.maskedAccuracy()).isBetween(0.0, 1.0);
    assertThat(result.converged()).isFalse();
  }

  @Test
  void spectra_that_do_not_fit_are_computed_anew_with_the_same_values() {
    try (ImageSpectra kept = new ImageSpectra(network, images);
        ImageSpectra anew = new ImageSpectra(network, images, 0);
        NDManager scratch = network.newManager()) {
      FourierMask mask = FourierMask.ones(128);
      int[] some = {4, 1};
      NDArray difference = kept.spectra(scratch, some).sub(anew.spectra(scratch, some)).abs();
      assertThat(difference.max().getFloat()).isLessThan(1e-2f);
      assertThat(kept.rightThrough(HalfPlane.array(scratch, mask), () -> false)).isEqualTo(5);
      assertThat(anew.rightThrough(HalfPlane.array(scratch, mask), () -> false)).isEqualTo(5);
    }
  }

  @Test
  void each_epoch_has_its_own_order_and_the_same_seed_the_same() {
    Order order = Order.shuffled(31);
    assertThat(order.indices(100, 1)).isEqualTo(Order.shuffled(31).indices(100, 1));
    assertThat(order.indices(100, 1)).isNotEqualTo(order.indices(100, 2));
    assertThat(order.indices(100, 1)).isNotEqualTo(Order.shuffled(32).indices(100, 1));
    assertThat(Arrays.stream(order.indices(100, 7)).sorted()).containsExactly(boxed(range(0, 99)));
    assertThat(Order.given().indices(3, 9)).containsExactly(0, 1, 2);
  }

  @Test
  void a_class_mask_sees_the_images_of_its_class_alone() {
    MaskImages mixed = MaskImages.of(pixels, new int[] {0, 2, 0, 1, 2});
    MaskImages second = mixed.ofClass(2);
    assertThat(second.size()).isEqualTo(2);
    assertThat(second.pixels(1)).isSameAs(pixels.get(4));
    assertThat(second.label(1)).isEqualTo(2);
    assertThatThrownBy(() -> mixed.ofClass(3)).isInstanceOf(IllegalArgumentException.class);
  }

  private static int[] range(int from, int to) {
    return IntStream.rangeClosed(from, to).toArray();
  }

  private static Integer[] boxed(int[] values) {
    return Arrays.stream(values).boxed().toArray(Integer[]::new);
  }

  private static ModelMaskTrainer trainer(ModelMaskSettings settings) {
    return new ModelMaskTrainer(network, settings);
  }

  private static ModelMask train(ModelMaskSettings settings, TrainingListener listener) {
    return trainer(settings).train(images, Checkpoint.NONE, listener);
  }

  /** Cancels a training after a step, or after an epoch, and takes its last checkpoint. */
  private static final class Interrupted implements TrainingListener {

    private final int step;
    private final int epoch;
    private boolean cancelled;
    private Checkpoint last = Checkpoint.NONE;

    Interrupted(int step, int epoch) {
      this.step = step;
      this.epoch = epoch;
    }

    @Override
    public boolean isCancelled() {
      return cancelled;
    }

    @Override
    public boolean wantsCheckpoint() {
      return cancelled;
    }

    @Override
    public void onCheckpoint(Checkpoint checkpoint) {
      last = checkpoint;
    }

    @Override
    public void onMaskStep(MaskStep taken) {
      cancelled |= taken.step() == step;
    }

    @Override
    public void onMaskEpoch(MaskEpoch ended) {
      cancelled |= ended.epoch() == epoch;
    }
  }
}
