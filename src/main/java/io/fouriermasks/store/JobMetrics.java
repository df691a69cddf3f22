package io.fouriermasks.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The lowest, highest and newest value of everything that a job's points have, over all its curves.
 * Kept while points are written, in the same transaction: one update a value for each batch of
 * points, so that lists need not read the points. Invariance and probability count from the second
 * step on: at the first they are those of the whole spectrum.
 */
@Singleton
public class JobMetrics {

  /**
   * What a mask has before its first step says nothing of it: the whole spectrum is left, so the
   * loss has not moved, and the probability is that of the photograph itself.
   */
  private static final Set<String> UNMOVED_AT_FIRST = Set.of("invariance", "probability");

  private static final int FIRST_STEP = 1;

  private static final ObjectReader VALUES = new ObjectMapper().reader();

  private final Jdbi jdbi;

  public JobMetrics(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * What is known of one value of a job.
   *
   * @param newestStep at which the newest was taken
   */
  public record Range(double low, double high, double newest, int newestStep) {

    private Range and(double value, int step) {
      return new Range(Math.min(low, value), Math.max(high, value), value, step);
    }
  }

  /** Takes the points among new events into account. The caller holds the job's lock. */
  static void add(Handle handle, long job, Collection<JobEvent.Draft> drafts) {
    Map<String, Range> ranges = new LinkedHashMap<>();
    for (JobEvent.Draft draft : drafts) {
      if (draft.kind() == JobEvent.Kind.POINT) {
        values(draft.data())
            .forEach(
                (metric, value) -> {
                  if (draft.step() > FIRST_STEP || !UNMOVED_AT_FIRST.contains(metric)) {
                    ranges.merge(
                        metric,
                        new Range(value, value, value, draft.step()),
                        (range, one) -> range.and(one.newest(), one.newestStep()));
                  }
                });
      }
    }
    ranges.forEach((metric, range) -> merge(handle, job, metric, range));
  }

  private static void merge(Handle handle, long job, String metric, Range range) {
    int known =
        handle
            .createUpdate(
                "update job_metric set low = least(low, :low), high = greatest(high, :high),"
                    + " newest = :newest, newest_step = :newestStep"
                    + " where job_id = :job and metric = :metric")
            .bindMethods(range)
            .bind("job", job)
            .bind("metric", metric)
            .execute();
    if (known == 0) {
      handle
          .createUpdate(
              "insert into job_metric (job_id, metric, low, high, newest, newest_step)"
                  + " values (:job, :metric, :low, :high, :newest, :newestStep)")
          .bindMethods(range)
          .bind("job", job)
          .bind("metric", metric)
          .execute();
    }
  }

  private static Map<String, Double> values(String data) {
    try {
      Map<String, Double> values = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> entry : VALUES.readTree(data).properties()) {
        if (entry.getValue().isNumber()) {
          values.put(entry.getKey(), entry.getValue().doubleValue());
        }
      }
      return values;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The ranges of some jobs, by the names of their values. */
  public Map<Long, Map<String, Range>> ofJobs(Collection<Long> jobs) {
    Map<Long, Map<String, Range>> found = new HashMap<>();
    if (!jobs.isEmpty()) {
      jdbi.useHandle(
          handle ->
              handle
                  .createQuery("select * from job_metric where job_id in (<jobs>)")
                  .bindList("jobs", List.copyOf(jobs))
                  .map(
                      (row, context) ->
                          found
                              .computeIfAbsent(row.getLong("job_id"), job -> new HashMap<>())
                              .put(
                                  row.getString("metric"),
                                  new Range(
                                      row.getDouble("low"),
                                      row.getDouble("high"),
                                      row.getDouble("newest"),
                                      row.getInt("newest_step"))))
                  .list());
    }
    return found;
  }
}
