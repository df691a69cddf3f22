package io.fouriermasks.store;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** Which jobs there are, filtered, searched and sorted by what is kept beside them. */
@Singleton
public class JobTable {

  private final Jdbi jdbi;

  public JobTable(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Which jobs are wanted; a null is any.
   *
   * @param text part of the name of a model, study, picture or dataset
   */
  public record Filter(
      JobState state, JobSpecification.Kind kind, String model, Long study, String text) {
    public static final Filter ALL = new Filter(null, null, null, null, null);
  }

  /** In which order. Jobs that do not have what an order compares are left out. */
  public sealed interface Order {

    /** The last submitted first. */
    record Newest() implements Order {}

    /** By the time from the first work to the end. */
    record Duration(boolean longestFirst) implements Order {}

    /** By the lowest value of a job first. */
    record Lowest(String metric) implements Order {}

    /** By the highest value of a job first. */
    record Highest(String metric) implements Order {}

    /** By the newest value of a job. */
    record Last(String metric, boolean lowestFirst) implements Order {}
  }

  /** A place in an order: what the last job of a page had. */
  public record Place(double value, long id) {

    @Override
    public String toString() {
      return value + ":" + id;
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static Place of(String text) {
      int colon = text.lastIndexOf(':');
      if (colon < 1) {
        throw new IllegalArgumentException("no place in a list: " + text);
      }
      return new Place(
          Double.parseDouble(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1)));
    }
  }

  private record Row(long id, double value) {}

  /** How an order is written in SQL: the column compared, its index's table, and the direction. */
  private record Ordering(String from, String value, String id, String metric, boolean falls) {

    static Ordering of(Order order) {
      String withMetric = "job_metric m join job j on j.id = m.job_id";
      if (order instanceof Order.Duration duration) {
        return new Ordering("job j", "j.seconds", "j.id", null, duration.longestFirst());
      } else if (order instanceof Order.Lowest lowest) {
        return new Ordering(withMetric, "m.low", "m.job_id", lowest.metric(), false);
      } else if (order instanceof Order.Highest highest) {
        return new Ordering(withMetric, "m.high", "m.job_id", highest.metric(), true);
      } else if (order instanceof Order.Last last) {
        return new Ordering(withMetric, "m.newest", "m.job_id", last.metric(), !last.lowestFirst());
      }
      return new Ordering("job j", "j.id", "j.id", null, true);
    }

    String sql(List<String> conditions, Place after) {
      List<String> all = new ArrayList<>(conditions);
      all.add(value + " is not null");
      if (metric != null) {
        all.add("m.metric = :metric");
      }
      String beyond = falls ? "<" : ">";
      if (after != null) {
        all.add(
            "(%s %s :value or (%s = :value and %s %s :id))"
                .formatted(value, beyond, value, id, beyond));
      }
      String direction = falls ? " desc" : "";
      // the metric is one; named here, the order is that of an index
      String first = metric == null ? "" : "m.metric" + direction + ", ";
      return "select j.id, %s as sort_value from %s where %s order by %s%s%s, %s%s limit :limit"
          .formatted(
              value, from, String.join(" and ", all), first, value, direction, id, direction);
    }
  }

  /**
   * Ids of jobs.
   *
   * @param after the place that the page before ended at, or null
   * @return at most {@code limit}, with the next place
   */
  public Page<Long> list(Filter filter, Order order, Place after, int limit) {
    Ordering ordering = Ordering.of(order);
    Map<String, Object> values = new LinkedHashMap<>();
    String sql = ordering.sql(conditions(filter, values), after);
    List<Row> rows =
        jdbi.withHandle(
            handle -> {
              Query query = handle.createQuery(sql).bindMap(values).bind("limit", limit + 1);
              if (ordering.metric() != null) {
                query.bind("metric", ordering.metric());
              }
              if (after != null) {
                query.bind("value", after.value()).bind("id", after.id());
              }
              return query
                  .map((row, context) -> new Row(row.getLong("id"), row.getDouble("sort_value")))
                  .list();
            });
    List<Long> ids = rows.stream().limit(limit).map(Row::id).toList();
    if (rows.size() <= limit) {
      return new Page<>(ids, null);
    }
    Row last = rows.get(limit - 1);
    return new Page<>(ids, new Place(last.value(), last.id()).toString());
  }

  /** How many jobs are wanted in all. */
  public long count(Filter filter) {
    Map<String, Object> values = new LinkedHashMap<>();
    List<String> conditions = conditions(filter, values);
    String where = " where " + String.join(" and ", conditions);
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select count(*) from job j" + where)
                .bindMap(values)
                .mapTo(long.class)
                .one());
  }

  /** What jobs are put together by. */
  public enum Grouping {
    MODEL("j.model_id", "job j"),
    /** A job of several studies is counted in each. */
    STUDY("m.study_id", "job j left join study_job m on m.job_id = j.id");

    private final String column;
    private final String from;

    Grouping(String column, String from) {
      this.column = column;
      this.from = from;
    }
  }

  /**
   * Jobs that have something in common.
   *
   * @param key id of the model or study, or null for those without
   * @param states how many are in each state
   * @param newest id of the newest of them
   */
  public record Group(String key, Map<JobState, Long> states, long newest) {}

  /** Groups of the wanted jobs, that with the newest job first. */
  public List<Group> groups(Filter filter, Grouping grouping) {
    Map<String, Object> values = new LinkedHashMap<>();
    List<String> conditions = conditions(filter, values);
    String where = " where " + String.join(" and ", conditions);
    Map<String, Group> groups = new LinkedHashMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(
                    ("select %s as group_key, j.state, count(*) as jobs, max(j.id) as newest from %s%s"
                            + " group by %s, j.state order by newest desc")
                        .formatted(grouping.column, grouping.from, where, grouping.column))
                .bindMap(values)
                .map(
                    (row, context) -> {
                      String key = row.getString("group_key");
                      long newest = row.getLong("newest");
                      Group group =
                          groups.computeIfAbsent(
                              String.valueOf(key),
                              name -> new Group(key, new EnumMap<>(JobState.class), newest));
                      group
                          .states()
                          .put(JobState.valueOf(row.getString("state")), row.getLong("jobs"));
                      return group;
                    })
                .list());
    return List.copyOf(groups.values());
  }

  /** Names of studies, by id. */
  public Map<Long, String> studyNames(Collection<Long> ids) {
    Map<Long, String> names = new HashMap<>();
    if (!ids.isEmpty()) {
      jdbi.useHandle(
          handle ->
              handle
                  .createQuery("select id, name from study where id in (<ids>)")
                  .bindList("ids", List.copyOf(ids))
                  .map((row, context) -> names.put(row.getLong("id"), row.getString("name")))
                  .list());
    }
    return names;
  }

  private static List<String> conditions(Filter filter, Map<String, Object> values) {
    List<String> conditions = new ArrayList<>(List.of("j.deleted_at is null"));
    if (filter.state() != null) {
      conditions.add("j.state = :state");
      values.put("state", filter.state().name());
    }
    if (filter.kind() != null) {
      conditions.add("j.kind = :kind");
      values.put("kind", filter.kind().name());
    }
    if (filter.model() != null) {
      conditions.add("j.model_id = :model");
      values.put("model", filter.model());
    }
    if (filter.study() != null) {
      conditions.add("j.id in (select job_id from study_job where study_id = :study)");
      values.put("study", filter.study());
    }
    if (filter.text() != null) {
      conditions.add("j.names like :text escape '!'");
      String literal = filter.text().toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0");
      values.put("text", "%" + literal + "%");
    }
    return conditions;
  }
}
