package io.fouriermasks.api;

import io.fouriermasks.job.Metric;
import io.fouriermasks.store.JobSpecification;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Makes long curves short enough to draw. The points of a curve are divided, in their order, into
 * buckets of equal numbers; of each bucket those stay that have the lowest or the highest of a
 * metric, so that peaks survive. The first and the last point of a curve stay. What stays is exact,
 * nothing is averaged; a curve that is short enough stays whole.
 */
final class CurveThinning {

  /** Of many curves in one answer, each keeps at least so many points. */
  private static final int FEWEST = 20;

  private CurveThinning() {}

  /**
   * Leaves points out so that curves still look alike.
   *
   * @param points of one job, in their order; those of a curve have the same series
   * @param metrics whose extremes stay
   * @param most about how many points stay in all, shared evenly by the curves
   * @return the same points without some, in their order
   */
  static List<PointView> thin(List<PointView> points, Set<String> metrics, int most) {
    if (points.size() <= most) {
      return points;
    }
    Map<String, List<PointView>> curves = new LinkedHashMap<>();
    for (PointView point : points) {
      curves
          .computeIfAbsent(String.valueOf(point.series()), series -> new ArrayList<>())
          .add(point);
    }
    int each = Math.max(FEWEST, most / curves.size());
    List<PointView> kept = new ArrayList<>();
    curves.values().forEach(curve -> kept.addAll(thinCurve(curve, metrics, each)));
    kept.sort(Comparator.comparingLong(PointView::seq));
    return kept;
  }

  /** The metrics of a kind that charts show. */
  static Set<String> drawn(JobSpecification.Kind kind) {
    return Metric.of(kind).stream()
        .filter(metric -> metric.group() != null)
        .map(Metric::name)
        .collect(Collectors.toSet());
  }

  private static List<PointView> thinCurve(List<PointView> curve, Set<String> metrics, int most) {
    if (curve.size() <= most) {
      return curve;
    }
    int buckets = Math.max(1, most / Math.max(1, 2 * metrics.size()));
    Map<Long, PointView> kept = new TreeMap<>();
    keep(kept, curve.get(0));
    for (int bucket = 0; bucket < buckets; bucket++) {
      int from = (int) ((long) curve.size() * bucket / buckets);
      int to = (int) ((long) curve.size() * (bucket + 1) / buckets);
      extremes(curve.subList(from, to), metrics).forEach(point -> keep(kept, point));
    }
    keep(kept, curve.get(curve.size() - 1));
    return List.copyOf(kept.values());
  }

  private static void keep(Map<Long, PointView> kept, PointView point) {
    kept.put(point.seq(), point);
  }

  private static List<PointView> extremes(List<PointView> bucket, Set<String> metrics) {
    Map<String, PointView> lowest = new HashMap<>();
    Map<String, PointView> highest = new HashMap<>();
    for (PointView point : bucket) {
      for (Map.Entry<String, Number> entry : point.values().entrySet()) {
        String metric = entry.getKey();
        if (metrics.contains(metric)) {
          double value = entry.getValue().doubleValue();
          lowest.merge(metric, point, (old, now) -> value < value(old, metric) ? now : old);
          highest.merge(metric, point, (old, now) -> value > value(old, metric) ? now : old);
        }
      }
    }
    List<PointView> extremes = new ArrayList<>(lowest.values());
    extremes.addAll(highest.values());
    return extremes;
  }

  private static double value(PointView point, String metric) {
    return point.values().get(metric).doubleValue();
  }
}
