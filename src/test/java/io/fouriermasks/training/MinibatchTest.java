package io.fouriermasks.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.fouriermasks.Fixture;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.Logits;
import io.fouriermasks.network.Weights;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.spectrum.HalfPlane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The variant of a shared mask's training in which the network sees several images at a time. */
class MinibatchTest {

  private static final int IMAGES = 5;

  /** Every epoch is good enough, so that the result is the last one's mask. */
  private static final ModelMaskSettings SHORT =
      ModelMaskSettings.PAPER.withEpochs(3).withMaxLearningRate(0.01).withAccuracyRatio(0);

  private static FrozenNetwork network;
  private static List<float[]> pixels;
  private static int[] labels;

  @BeforeAll
  static void load() throws Exception {
    network =
        FrozenNetwork.of(Weights.read(Fixture.file("compact_weights.safetensors")), Device.cpu());
    pixels = Fixture.load("network_compact.npz").rows("images").subList(0, IMAGES);
    labels = Arrays.stream(network.logits(pixels)).mapToInt(Logits::argmax).toArray();
  }

  @AfterAll
  static void close() {
    network.close();
  }

  @Test
  void the_images_are_seen_through_one_mask_and_move_it_one_after_the_other() {
    ModelMaskSettings settings = SHORT.withEpochs(2).minibatch(IMAGES);
    List<FourierMask> masks = new ArrayList<>();
    List<MaskStep> steps = new ArrayList<>();
    ModelMask result =
        train(
            settings,
            Order.given(),
            new TrainingListener() {
              @Override
              public boolean wantsMask(int step) {
                return step == 1;
              }

              @Override
              public void onMask(int step, FourierMask mask) {
                masks.add(mask);
              }

              @Override
              public void onMaskStep(MaskStep step) {
                steps.add(step);
              }
            });
    PlainAdam adam = new PlainAdam(settings);
    // a mask of 1 changes no loss but by rounding: of its gradient only the sparsity's is left
    float[] none = new float[128 * FourierMask.columns(128)];
    for (int i = 0; i < IMAGES; i++) {
      adam.step(none);
    }
    assertThat(masks.get(0).halfPlane()).containsExactly(adam.mask(), within(1e-4f));
    for (float[] gradient : gradients(masks.get(0))) {
      adam.step(gradient);
    }
    assertThat(result.mask().halfPlane()).containsExactly(adam.mask(), within(1e-4f));
    assertThat(steps).extracting(MaskStep::step).containsExactly(1, 2);
    OneCycle schedule = new OneCycle(0.01, 2L * IMAGES, 0.1);
    assertThat(steps)
        .extracting(MaskStep::learningRate)
        .containsExactly(schedule.learningRate(4), schedule.learningRate(9));
  }

  @Test
  void its_way_is_that_of_one_image_a_step() {
    List<MaskStep> steps = new ArrayList<>();
    ModelMask two =
        train(
            SHORT.minibatch(2),
            Order.shuffled(31),
            new TrainingListener() {
              @Override
              public void onMaskStep(MaskStep step) {
                steps.add(step);
              }
            });
    ModelMask one = train(SHORT, Order.shuffled(31), new TrainingListener() {});
    assertThat(steps).extracting(MaskStep::images).containsExactly(2, 2, 1, 2, 2, 1, 2, 2, 1);
    for (int epoch = 0; epoch < 3; epoch++) {
      assertThat(two.sparsity()[epoch]).isEqualTo(one.sparsity()[epoch], within(0.005f));
    }
    assertThat(one.sparsity()[2]).isLessThan(0.98f);
  }

  @Test
  void its_name_is_told_apart_and_it_waits_longer_for_convergence() {
    assertThat(SHORT.minibatch(2).preset()).isEqualTo("minibatch");
    assertThat(SHORT.minibatch(2).batchSize()).isEqualTo(2);
    assertThat(SHORT.quietEpochs()).isEqualTo(7);
    assertThat(SHORT.minibatch(2).quietEpochs()).isEqualTo(20);
  }

  private static ModelMask train(
      ModelMaskSettings settings, Order order, TrainingListener listener) {
    return new ModelMaskTrainer(network, settings, order)
        .train(MaskImages.of(pixels, labels), Checkpoint.NONE, listener);
  }

  /** Of {@code exp(d^2)} of each image with respect to each cell of the full plane. */
  private static List<float[]> gradients(FourierMask mask) {
    List<float[]> gradients = new ArrayList<>();
    try (NDManager scratch = network.newManager()) {
      for (int i = 0; i < IMAGES; i++) {
        NDArray image = network.batch(scratch, pixels.subList(i, i + 1));
        NDArray clean = crossEntropy(network.logits(image), labels[i]);
        NDArray leaf = HalfPlane.array(scratch, mask);
        leaf.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
          NDArray logits = network.logits(HalfPlane.masked(leaf, HalfPlane.spectrum(image)));
          collector.backward(crossEntropy(logits, labels[i]).sub(clean).square().exp().sum());
        }
        float[] gradient = leaf.getGradient().toFloatArray();
        int columns = FourierMask.columns(128);
        for (int k = 0; k < gradient.length; k++) {
          gradient[k] /= FourierMask.multiplicity(128, k % columns);
        }
        gradients.add(gradient);
      }
    }
    return gradients;
  }

  private static NDArray crossEntropy(NDArray logits, int label) {
    NDArray labels = logits.getManager().create(new long[] {label}, new Shape(1, 1));
    return logits.logSoftmax(1).gather(labels.toType(DataType.INT64, false), 1).neg();
  }

  /** The published optimiser on the heap, in float64. */
  private static final class PlainAdam {

    private final OneCycle schedule;
    private final double sparsityGradient;
    private final double[] mask = new double[128 * FourierMask.columns(128)];
    private final double[] first = new double[mask.length];
    private final double[] second = new double[mask.length];
    private int taken;

    PlainAdam(ModelMaskSettings settings) {
      this.schedule =
          new OneCycle(
              settings.maxLearningRate(), (long) settings.epochs() * IMAGES, settings.warmUp());
      this.sparsityGradient = settings.decay() / (128 * 128);
      Arrays.fill(mask, 1);
    }

    void step(float[] gradient) {
      double beta1 = schedule.beta1(taken);
      double rate = schedule.learningRate(taken) / (1 - Math.pow(beta1, taken + 1.0));
      double root = Math.sqrt(1 - Math.pow(0.999, taken + 1.0));
      for (int k = 0; k < mask.length; k++) {
        double g = gradient[k] + sparsityGradient * Math.signum(mask[k]);
        first[k] = beta1 * first[k] + (1 - beta1) * g;
        second[k] = 0.999 * second[k] + 0.001 * g * g;
        double moved = mask[k] - rate * first[k] / (Math.sqrt(second[k]) / root + 1e-8);
        mask[k] = Math.max(0, Math.min(1, moved));
      }
      taken++;
    }

    float[] mask() {
      float[] values = new float[mask.length];
      for (int k = 0; k < values.length; k++) {
        values[k] = (float) mask[k];
      }
      return values;
    }
  }
}
