package io.fouriermasks.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FourierMaskTest {

  @Test
  void a_full_plane_is_even_and_comes_back_unchanged() {
    float[] half = randomHalfPlane(8, 1);
    FourierMask mask = FourierMask.ofHalfPlane(8, half);
    float[] plane = mask.fullPlane();
    for (int row = 0; row < 8; row++) {
      for (int column = 0; column < 8; column++) {
        assertThat(plane[row * 8 + column]).isEqualTo(plane[(8 - row) % 8 * 8 + (8 - column) % 8]);
      }
    }
    assertThat(FourierMask.ofFullPlane(8, plane)).isEqualTo(mask);
  }

  @Test
  void an_uneven_plane_keeps_only_its_even_part() {
    float[] plane = new float[16];
    plane[1] = 1f; // the frequency (0, 1); its conjugate (0, 3) stays 0
    FourierMask mask = FourierMask.ofFullPlane(4, plane);
    assertThat(mask.at(0, 1)).isEqualTo(0.5f);
    assertThat(mask.fullPlane()[3]).isEqualTo(0.5f);
  }

  @Test
  void sparsity_is_the_mean_of_the_full_plane() {
    FourierMask mask = FourierMask.ofHalfPlane(8, randomHalfPlane(8, 2));
    double sum = 0;
    for (float value : mask.fullPlane()) {
      sum += value;
    }
    assertThat(mask.sparsity()).isCloseTo(sum / 64, org.assertj.core.data.Offset.offset(1e-12));
    assertThat(FourierMask.ones(128).sparsity()).isEqualTo(1.0);
  }

  @Test
  void the_complement_passes_exactly_what_the_mask_keeps_nothing_of() {
    FourierMask mask =
        FourierMask.ofHalfPlane(4, new float[] {1, 0, 0, 0, 0.001f, 0, 0, 0, 0, 0, 0.2f, 0});
    float[] other = mask.complement().halfPlane();
    float[] kept = mask.halfPlane();
    for (int i = 0; i < kept.length; i++) {
      assertThat(other[i]).isEqualTo(kept[i] > 0 ? 0f : 1f);
    }
  }

  @Test
  void the_binary_form_passes_in_full_what_the_mask_keeps_anything_of_and_leaves_the_mask() {
    float[] half = {1, 0, 0, 0, 0.001f, 0, 0, 0, 0, 0, 0.2f, 0};
    FourierMask mask = FourierMask.ofHalfPlane(4, half);
    FourierMask before = FourierMask.ofHalfPlane(4, half);
    assertThat(mask.binary().halfPlane())
        .isEqualTo(new float[] {1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0});
    assertThat(mask).isEqualTo(before);
  }

  @Test
  void the_centred_plane_has_the_zero_frequency_in_the_middle() {
    float[] half = new float[12];
    half[0] = 0.5f; // zero frequency
    half[1] = 0.25f; // one cycle across
    half[3] = 0.75f; // one cycle down
    half[9] = 0.75f;
    assertThat(FourierMask.ofHalfPlane(4, half).centredPlane())
        .isEqualTo(new float[] {0, 0, 0, 0, 0, 0, 0.75f, 0, 0, 0.25f, 0.5f, 0.25f, 0, 0, 0.75f, 0});
  }

  @Test
  void wrong_lengths_and_odd_sizes_are_refused() {
    assertThatThrownBy(() -> FourierMask.ones(7)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FourierMask.ofHalfPlane(8, new float[39]))
        .hasMessage("39 values were given, 40 are needed");
  }

  private static float[] randomHalfPlane(int size, long seed) {
    Random random = new Random(seed);
    float[] half = new float[size * FourierMask.columns(size)];
    for (int i = 0; i < half.length; i++) {
      half[i] = random.nextFloat();
    }
    return half;
  }
}
