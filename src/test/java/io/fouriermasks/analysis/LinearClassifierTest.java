package io.fouriermasks.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LinearClassifierTest {

  private static final float[] ZERO = new float[9];

  @Test
  void initial_weights_are_uniform_within_one_over_the_root_of_the_inputs() {
    LinearClassifier classifier = new LinearClassifier(9, 2, 0, new SplittableRandom(1));
    float bias = classifier.logits(ZERO)[0];
    assertThat(Math.abs(bias)).isLessThan(1 / 3f);
    for (int input = 0; input < 9; input++) {
      assertThat(Math.abs(weight(classifier, input))).isLessThan(1 / 3f + 1e-6f);
    }
  }

  @Test
  void the_first_step_of_adam_moves_each_parameter_by_the_learning_rate_against_its_gradient() {
    LinearClassifier classifier = new LinearClassifier(9, 2, 0, new SplittableRandom(2));
    float[] x = ZERO.clone();
    x[4] = 2;
    float before = weight(classifier, 4);
    float biasBefore = classifier.logits(ZERO)[0];
    float untouched = weight(classifier, 5);
    classifier.step(new float[][] {x}, new int[] {0}, new int[] {0}, 0.01, 0.95);
    assertThat(weight(classifier, 4) - before).isCloseTo(0.01f, within(1e-6f));
    assertThat(classifier.logits(ZERO)[0] - biasBefore).isCloseTo(0.01f, within(1e-6f));
    assertThat(weight(classifier, 5)).isCloseTo(untouched, within(1e-6f));
  }

  @Test
  void weight_decay_is_part_of_the_gradient_as_in_pytorchs_adam() {
    LinearClassifier classifier = new LinearClassifier(9, 2, 0.5, new SplittableRandom(3));
    float before = weight(classifier, 3);
    classifier.step(new float[][] {ZERO}, new int[] {0}, new int[] {0}, 0.01, 0.95);
    // Adam divides the gradient by its own size, so the step has the learning rate's length
    assertThat(weight(classifier, 3) - before)
        .isCloseTo(-Math.signum(before) * 0.01f, within(1e-6f));
  }

  private static float weight(LinearClassifier classifier, int input) {
    float[] x = ZERO.clone();
    x[input] = 1;
    return classifier.logits(x)[0] - classifier.logits(ZERO)[0];
  }
}
