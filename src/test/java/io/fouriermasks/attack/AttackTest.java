package io.fouriermasks.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.fouriermasks.Fixture;
import io.fouriermasks.network.Architecture;
import io.fouriermasks.network.FormulaWeights;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.network.Logits;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class AttackTest {

  private static final float EPS = 0.06f;

  @Test
  void fgsm_and_pgd_raise_the_loss_of_a_resnet_as_pytorch_does() {
    Fixture fixture = Fixture.load("attacks_resnet.npz");
    float[] images = Fixture.load("model_mask_resnet.npz").floats("images");
    try (FrozenNetwork network =
            FrozenNetwork.of(FormulaWeights.of(Architecture.RESNET18), Device.cpu());
        NDManager manager = network.newManager()) {
      NDArray x = manager.create(images, new Shape(16, 1, 128, 128)).get("0:4");
      float[] labels = fixture.floats("labels");
      NDArray y =
          manager.create(
              new long[] {(long) labels[0], (long) labels[1], (long) labels[2], (long) labels[3]},
              new Shape(4, 1));

      NDArray fgsm = new Fgsm(EPS).attack(network::logits, x, y);
      NDArray pgd = new Pgd(EPS, EPS / 8, 10).attack(network::logits, x, y);

      assertThat(network.logits(fgsm).toFloatArray())
          .usingComparatorWithPrecision(1e-2f)
          .containsExactly(fixture.floats("fgsm_logits"));
      double expected = meanLoss(fixture.floats("pgd_logits"), labels);
      assertThat(meanLoss(network.logits(pgd).toFloatArray(), labels))
          .isEqualTo(expected, within(0.01 * expected));
      assertThat(expected).isGreaterThan(meanLoss(fixture.floats("clean_logits"), labels));
    }
  }

  @Test
  void an_attack_stays_in_the_ball_and_in_the_range_of_the_batch() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      NDArray x = ramp(manager);
      NDArray y = manager.create(new long[] {0, 1}, new Shape(2, 1));
      Pgd pgd = new Pgd(0.3f, 0.1f, 7);

      NDArray attacked = pgd.attack(linear(manager), x, y, new SplittableRandom(5));

      assertThat(attacked.sub(x).abs().max().getFloat()).isBetween(0.29f, 0.3001f);
      assertThat(attacked.min().getFloat()).isGreaterThanOrEqualTo(x.min().getFloat());
      assertThat(attacked.max().getFloat()).isLessThanOrEqualTo(x.max().getFloat());
    }
  }

  /** The loss's gradient of a linear network has one sign everywhere: the steps add up. */
  @Test
  void steps_along_a_constant_gradient_reach_the_edge_of_the_ball() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      NDArray x = ramp(manager);
      NDArray y = manager.create(new long[] {0, 0}, new Shape(2, 1));

      NDArray three = new Pgd(0.3f, 0.05f, 3).attack(linear(manager), x, y);
      NDArray many = new Pgd(0.3f, 0.05f, 30).attack(linear(manager), x, y);
      NDArray fgsm = new Fgsm(0.3f).attack(linear(manager), x, y);

      // class 0 takes the mean of the image: it loses where pixels fall, but not below the range
      assertThat(three.get("0, 0, 1, 1").getFloat())
          .isEqualTo(x.get("0, 0, 1, 1").getFloat() - 0.15f, within(1e-6f));
      assertThat(three.get("0, 0, 0, 0").getFloat()).isEqualTo(x.min().getFloat());
      assertThat(many.toFloatArray())
          .usingComparatorWithPrecision(1e-6f)
          .containsExactly(fgsm.toFloatArray());
    }
  }

  @Test
  void the_same_seed_gives_the_same_attack_and_another_seed_another() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      NDArray x = ramp(manager);
      NDArray y = manager.create(new long[] {0, 1}, new Shape(2, 1));
      Pgd pgd = new Pgd(0.3f, 0.01f, 2);

      float[] attacked = pgd.attack(linear(manager), x, y, new SplittableRandom(5)).toFloatArray();

      assertThat(pgd.attack(linear(manager), x, y, new SplittableRandom(5)).toFloatArray())
          .isEqualTo(attacked);
      assertThat(pgd.attack(linear(manager), x, y, new SplittableRandom(6)).toFloatArray())
          .isNotEqualTo(attacked);
    }
  }

  @Test
  void distances_that_make_no_sense_are_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Fgsm(-0.1f));
    assertThatIllegalArgumentException().isThrownBy(() -> new Pgd(Float.NaN, 0.1f, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Pgd(0.1f, 0.1f, 0));
  }

  /** Two 4 x 4 images that rise from -1 to 1. */
  private static NDArray ramp(NDManager manager) {
    float[] values = new float[32];
    for (int i = 0; i < values.length; i++) {
      values[i] = -1 + 2 * (i % 16) / 15f;
    }
    return manager.create(values, new Shape(2, 1, 4, 4));
  }

  /** Two classes: the sum of the image's pixels and its negative. */
  private static UnaryOperator<NDArray> linear(NDManager manager) {
    float[] weights = new float[32];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i % 2 == 0 ? 1 : -1;
    }
    NDArray matrix = manager.create(weights, new Shape(16, 2));
    return images -> images.reshape(images.getShape().get(0), -1).matMul(matrix);
  }

  private static double meanLoss(float[] logits, float[] labels) {
    List<float[]> rows = Fixture.split(logits, labels.length);
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      sum += Logits.crossEntropy(rows.get(i), (int) labels[i]);
    }
    return sum / labels.length;
  }
}
