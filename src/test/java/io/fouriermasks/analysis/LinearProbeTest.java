package io.fouriermasks.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fouriermasks.analysis.LinearProbe.Settings;
import io.fouriermasks.network.Logits;
import io.fouriermasks.spectrum.FourierMask;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearProbeTest {

  private static final int SIZE = 32;
  private static final int MASKS = 200;

  private final List<FourierMask> masks = new ArrayList<>();
  private final int[] labels = new int[MASKS];

  /** Noise, and in the columns 3 c + 1 to 3 c + 3 of class c twice as much of it. */
  LinearProbeTest() {
    Random random = new Random(5);
    for (int i = 0; i < MASKS; i++) {
      labels[i] = i % 5;
      float[] half = new float[SIZE * (SIZE / 2 + 1)];
      for (int cell = 0; cell < half.length; cell++) {
        int column = cell % (SIZE / 2 + 1);
        half[cell] = random.nextFloat() * ((column - 1) / 3 == labels[i] && column > 0 ? 1 : 0.5f);
      }
      masks.add(FourierMask.ofHalfPlane(SIZE, half));
    }
  }

  @Test
  void masks_that_show_their_class_are_told_apart_and_permuted_labels_are_not() {
    LinearProbe probe = train(labels, 1);
    assertThat(probe.trainAccuracy()).isGreaterThan(0.95);
    assertThat(probe.testAccuracy()).isGreaterThan(0.9);
    LinearProbe chance = train(LinearProbe.permuted(labels, 31), 1);
    assertThat(chance.testAccuracy()).isLessThan(0.45);
  }

  @Test
  void the_result_covers_every_mask_and_the_accuracies_follow_from_it() {
    LinearProbe probe = train(labels, 2);
    int held = 0;
    int right = 0;
    for (int i = 0; i < MASKS; i++) {
      if (probe.heldOut()[i]) {
        held++;
        right += Logits.argmax(probe.logits()[i]) == labels[i] ? 1 : 0;
      }
    }
    assertThat(held).isEqualTo(30); // 15 %
    assertThat(probe.testAccuracy()).isEqualTo(right / 30.0);
    assertThat(probe.labels()).isEqualTo(labels);
  }

  @Test
  void the_same_seed_gives_the_same_logits() {
    assertThat(train(labels, 3).logits()).isDeepEqualTo(train(labels, 3).logits());
    assertThat(train(labels, 3).logits()[0]).isNotEqualTo(train(labels, 4).logits()[0]);
  }

  @Test
  void permuted_labels_are_one_fixed_order_of_the_same_labels() {
    int[] permuted = LinearProbe.permuted(labels, 9);
    assertThat(permuted).isEqualTo(LinearProbe.permuted(labels, 9)).isNotEqualTo(labels);
    assertThat(permuted).containsExactlyInAnyOrder(labels);
  }

  @Test
  void masks_and_labels_that_do_not_fit_are_refused() {
    assertThatThrownBy(() -> train(new int[3], 1))
        .hasMessage(
            "A probe needs at least two masks and a label for each, not 200 masks and 3 labels");
    int[] outside = labels.clone();
    outside[7] = 5;
    assertThatThrownBy(() -> train(outside, 1)).hasMessageStartingWith("Mask 7 has the label 5");
  }

  private LinearProbe train(int[] given, long seed) {
    return LinearProbe.train(masks, given, 5, Settings.paper(seed), AnalysisListener.NONE);
  }
}
