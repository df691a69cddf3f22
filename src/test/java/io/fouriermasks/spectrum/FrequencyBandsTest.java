package io.fouriermasks.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fouriermasks.Fixture;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrequencyBandsTest {

  private final FrequencyBands bands = FrequencyBands.of(128);

  @Test
  void the_bands_of_every_cell_equal_numpys() {
    Fixture fixture = Fixture.load("energies.npz");
    assertThat(bands.radial()).isEqualTo(ints(fixture.doubles("radial_band")));
    assertThat(bands.angular()).isEqualTo(ints(fixture.doubles("angular_band")));
  }

  @Test
  void the_energies_of_three_masks_equal_numpys() {
    Fixture fixture = Fixture.load("energies.npz");
    List<float[]> masks = fixture.rows("masks");
    double[] radial = fixture.doubles("radial");
    double[] angular = fixture.doubles("angular");
    for (int i = 0; i < masks.size(); i++) {
      Energies energies = bands.energies(masks.get(i));
      assertThat(energies.radial()).containsExactly(row(radial, i), within(1e-6));
      assertThat(energies.angular()).containsExactly(row(angular, i), within(1e-6));
    }
  }

  @Test
  void the_squares_of_the_energies_add_up_to_one() {
    Energies energies = bands.energies(FourierMask.ones(128));
    assertThat(Arrays.stream(energies.radial()).map(e -> e * e).sum()).isCloseTo(1, within(1e-12));
    assertThat(Arrays.stream(energies.angular()).map(e -> e * e).sum()).isCloseTo(1, within(1e-12));
  }

  @Test
  void the_energies_of_a_mask_are_those_of_its_centred_plane() {
    float[] half = new float[128 * 65];
    half[9] = 0.5f; // nine cycles across: band floor(9 / 1.414) = 6, to the right and to the left
    Energies energies = bands.energies(FourierMask.ofHalfPlane(128, half));
    double[] radial = new double[64];
    radial[6] = 1;
    double[] angular = new double[64];
    angular[0] = Math.sqrt(0.5);
    angular[32] = Math.sqrt(0.5);
    assertThat(energies.radial()).containsExactly(radial, within(1e-12));
    assertThat(energies.angular()).containsExactly(angular, within(1e-12));
  }

  @Test
  void a_mask_of_zeros_has_no_energy() {
    Energies energies = bands.energies(FourierMask.ofHalfPlane(128, new float[128 * 65]));
    assertThat(energies.radial()).isEqualTo(new double[64]);
    assertThat(energies.angular()).isEqualTo(new double[64]);
  }

  @Test
  void a_mask_of_another_size_is_refused() {
    assertThatThrownBy(() -> bands.energies(FourierMask.ones(64)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The mask has the size 64, the bands are those of 128");
  }

  private static int[] ints(double[] values) {
    return Arrays.stream(values).mapToInt(value -> (int) value).toArray();
  }

  private static double[] row(double[] all, int row) {
    return Arrays.copyOfRange(all, row * 64, (row + 1) * 64);
  }
}
