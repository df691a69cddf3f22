package io.fouriermasks.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.fouriermasks.analysis.ComplementAccuracy.Subject;
import io.fouriermasks.network.FrozenNetwork;
import io.fouriermasks.spectrum.FourierMask;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComplementAccuracyTest {

  /** Eight cycles across lie on every pixel that the network looks at, like the mean. */
  private static final float[] BOTH = Pictures.cosine(0.3f, 0.3f, 0, 8);

  @Test
  void soft_and_binary_masks_are_told_apart_and_the_complement_is_the_same_for_both() {
    // the mean alone, a tenth of it: too little when soft, enough when binary
    FourierMask mask = Pictures.zeroFrequency(0.1f);
    ComplementAccuracy result =
        measure(
            new Subject(BOTH, null, mask, 1), new Subject(Pictures.constant(0.3f), null, mask, 1));
    assertThat(result.clean().share()).isEqualTo(1);
    assertThat(result.masked().get(MaskForm.SOFT).share()).isEqualTo(0);
    assertThat(result.masked().get(MaskForm.BINARY).share()).isEqualTo(1);
    assertThat(result.complement().share()).isEqualTo(0.5); // the cosine alone is enough
    assertThat(result.adversarial().images()).isEqualTo(0);
    assertThat(mask).isEqualTo(Pictures.zeroFrequency(0.1f));
  }

  @Test
  void attacked_images_pass_the_masks_of_the_clean_ones() {
    float[] attacked = Pictures.cosine(0.3f, -0.5f, 0, 8); // what the network sees becomes -0.2
    ComplementAccuracy result =
        measure(
            new Subject(BOTH, attacked, Pictures.zeroFrequency(0.1f), 1),
            new Subject(BOTH, attacked, FourierMask.ones(128), 1),
            new Subject(BOTH, null, FourierMask.ones(128), 1));
    assertThat(result.clean().images()).isEqualTo(3);
    assertThat(result.adversarial().images()).isEqualTo(2);
    assertThat(result.adversarial().share()).isEqualTo(0);
    assertThat(result.adversarialMasked().get(MaskForm.SOFT).share()).isEqualTo(0);
    assertThat(result.adversarialMasked().get(MaskForm.BINARY).share()).isEqualTo(0.5);
  }

  @Test
  void more_images_than_fit_one_pass_are_all_counted() {
    List<Subject> subjects = new ArrayList<>();
    for (int i = 0; i < 70; i++) {
      subjects.add(new Subject(BOTH, null, FourierMask.ones(128), i < 69 ? 1 : 0));
    }
    ComplementAccuracy result = measure(subjects.toArray(Subject[]::new));
    assertThat(result.clean().images()).isEqualTo(70);
    assertThat(result.masked().get(MaskForm.SOFT).right()).isEqualTo(69);
  }

  private static ComplementAccuracy measure(Subject... subjects) {
    try (FrozenNetwork network = Pictures.gridMean(10, 0.1f)) {
      return ComplementAccuracy.measure(network, List.of(subjects), AnalysisListener.NONE);
    }
  }
}
