package io.fouriermasks.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurveThinningTest {

  private static final Set<String> METRICS = Set.of("sparsity", "invariance");

  @Test
  void a_curve_that_is_short_enough_stays_whole() {
    List<PointView> points = curve("a", 1, 2000);
    assertThat(CurveThinning.thin(points, METRICS, 2000)).isSameAs(points);
  }

  @Test
  void the_ends_and_every_peak_and_trough_of_each_value_survive() {
    List<PointView> points = new ArrayList<>(curve("a", 1, 20_000));
    points.set(7_777, point("a", 7_778, 0.4, 9.0));
    points.set(12_345, point("a", 12_346, 0.000_1, 0.5));
    List<PointView> thin = CurveThinning.thin(points, METRICS, 2000);
    assertThat(thin.size()).isBetween(500, 2002);
    assertThat(points).containsAll(thin);
    assertThat(thin).contains(points.get(0), points.get(19_999));
    assertThat(thin).contains(points.get(7_777), points.get(12_345));
    assertThat(thin).extracting(PointView::step).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void every_curve_of_many_keeps_some_points() {
    List<PointView> points = new ArrayList<>();
    for (int series = 0; series < 100; series++) {
      points.addAll(curve("image" + series, 1 + 200L * series, 200));
    }
    List<PointView> thin = CurveThinning.thin(points, METRICS, 1000);
    assertThat(thin.stream().map(PointView::series).distinct()).hasSize(100);
    assertThat(thin.size()).isLessThan(100 * 25);
  }

  @Test
  void values_that_only_some_points_have_are_kept() {
    List<PointView> points = new ArrayList<>(curve(null, 1, 5000));
    points.add(new PointView("1", 5001, null, null, 5000, Map.of("accuracy", 0.75)));
    points.addAll(curve(null, 5002, 5000));
    assertThat(CurveThinning.thin(points, Set.of("sparsity", "accuracy"), 400))
        .contains(points.get(5000));
  }

  private static List<PointView> curve(String series, long firstSeq, int length) {
    return IntStream.range(0, length)
        .mapToObj(
            i -> {
              int step = (int) firstSeq + i;
              return point(series, step, 1.0 / (1 + i), 0.1 + 0.05 * Math.sin(i / 7.0));
            })
        .toList();
  }

  private static PointView point(String series, int step, double sparsity, double invariance) {
    return new PointView(
        "1",
        step,
        series,
        series,
        step,
        Map.of("sparsity", sparsity, "invariance", invariance, "learningRate", step * 1.0));
  }
}
