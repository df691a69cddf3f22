package io.fouriermasks.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class EmbeddingTest {

  @Test
  void three_separated_blobs_stay_separated() {
    Embedding embedding = Embedding.of(blobs(40));
    assertThat(embedding.neighbours()).isEqualTo(20);
    float[][] points = embedding.points();
    assertThat(points).hasDimensions(120, 2);
    for (int i = 0; i < points.length; i++) {
      int nearest = nearest(points, i);
      assertThat(nearest % 3).as("blob of the neighbour of point %d", i).isEqualTo(i % 3);
    }
  }

  @Test
  void the_same_seed_gives_the_same_picture() {
    assertThat(Embedding.of(blobs(10), 5, 1).points())
        .isDeepEqualTo(Embedding.of(blobs(10), 5, 1).points());
    assertThat(Embedding.of(blobs(10), 5, 2).points()[0])
        .isNotEqualTo(Embedding.of(blobs(10), 5, 1).points()[0]);
  }

  @Test
  void few_points_have_fewer_neighbours_and_too_few_are_refused() {
    assertThat(Embedding.of(blobs(3)).neighbours()).isEqualTo(8);
    for (float[] point : Embedding.of(blobs(2)).points()) {
      assertThat(Float.isFinite(point[0]) && Float.isFinite(point[1])).isTrue();
    }
    assertThatThrownBy(() -> Embedding.of(blobs(1)))
        .hasMessage("UMAP needs at least 4 points, not 3");
  }

  @Test
  void equal_points_have_finite_places() {
    for (float[] point : Embedding.of(new float[30][5]).points()) {
      assertThat(Float.isFinite(point[0]) && Float.isFinite(point[1])).isTrue();
    }
  }

  @Test
  void values_that_are_not_finite_are_refused() {
    float[][] points = blobs(10);
    points[4][2] = Float.NaN;
    assertThatThrownBy(() -> Embedding.of(points)).hasMessage("A point to embed has the value NaN");
  }

  /** Point {@code i} belongs to blob {@code i % 3}. */
  private static float[][] blobs(int each) {
    Random random = new Random(8);
    float[][] points = new float[3 * each][5];
    for (int i = 0; i < points.length; i++) {
      for (int axis = 0; axis < 5; axis++) {
        points[i][axis] = (float) (random.nextGaussian() + (axis == i % 3 ? 20 : 0));
      }
    }
    return points;
  }

  private static int nearest(float[][] points, int from) {
    int nearest = -1;
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < points.length; i++) {
      double distance = Math.hypot(points[i][0] - points[from][0], points[i][1] - points[from][1]);
      if (i != from && distance < best) {
        best = distance;
        nearest = i;
      }
    }
    return nearest;
  }
}
