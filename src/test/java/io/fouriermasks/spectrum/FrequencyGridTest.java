package io.fouriermasks.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;

class FrequencyGridTest {

  private static final int SIZE = 16;
  private final FrequencyGrid grid = FrequencyGrid.of(SIZE);

  private static int cell(int row, int column) {
    return row * SIZE + column;
  }

  @Test
  void the_zero_frequency_has_no_direction_and_no_end() {
    assertThat(grid.radius()[0]).isZero();
    assertThat(grid.orientation()[0]).isNaN();
    assertThat(grid.period()[0]).isInfinite();
  }

  @Test
  void upright_stripes_change_along_the_horizontal() {
    assertThat(grid.radius()[cell(0, 4)]).isEqualTo(4);
    assertThat(grid.orientation()[cell(0, 4)]).isZero();
    assertThat(grid.period()[cell(0, 4)]).isEqualTo(4);
  }

  @Test
  void level_stripes_change_along_the_vertical() {
    assertThat(grid.orientation()[cell(2, 0)]).isEqualTo(90);
    assertThat(grid.period()[cell(2, 0)]).isEqualTo(8);
  }

  @Test
  void a_frequency_and_its_conjugate_are_the_same_grating() {
    for (int row = 1; row < SIZE; row++) {
      for (int column = 1; column < SIZE; column++) {
        int here = cell(row, column);
        int conjugate = cell(SIZE - row, SIZE - column);
        // at the highest frequency the index counts as negative on both sides
        if (row != SIZE / 2 && column != SIZE / 2) {
          assertThat(grid.radius()[here]).isEqualTo(grid.radius()[conjugate]);
          assertThat(grid.orientation()[here])
              .isCloseTo(grid.orientation()[conjugate], offset(1e-4f));
        }
      }
    }
  }

  @Test
  void a_grating_that_rises_to_the_right_is_between_0_and_90_degrees() {
    // one cycle to the right and one up: row size - 1 counts as -1 down
    assertThat(grid.orientation()[cell(SIZE - 1, 1)]).isCloseTo(45, offset(1e-4f));
    assertThat(grid.orientation()[cell(1, 1)]).isCloseTo(135, offset(1e-4f));
  }

  @Test
  void bands_are_those_of_the_centred_plane() {
    int[] radial = FrequencyBands.of(SIZE).radial();
    int[] angular = FrequencyBands.of(SIZE).angular();
    int centre = SIZE / 2;
    assertThat(grid.radialBand()[0]).isEqualTo(radial[cell(centre, centre)]).isZero();
    // three to the right, two down
    int drawn = cell(centre + 2, centre + 3);
    assertThat(grid.radialBand()[cell(2, 3)]).isEqualTo(radial[drawn]);
    assertThat(grid.angularBand()[cell(2, 3)]).isEqualTo(angular[drawn]);
  }
}
