package io.fouriermasks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fouriermasks.store.JobTable.Filter;
import io.fouriermasks.store.JobTable.Grouping;
import io.fouriermasks.store.JobTable.Order;
import io.fouriermasks.store.JobTable.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** On every database that the lab runs on. */
@ParameterizedClass
@EnumSource(TestDatabase.Product.class)
class JobTableTest {

  private static final int MANY = 10_000;

  private final TestDatabase database;
  private final JobTable table;

  JobTableTest(TestDatabase.Product product) {
    database = product.open();
    table = new JobTable(database.jdbi);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_job_is_found_by_the_names_of_its_model_and_photographs_whatever_their_case() {
    database.image("0123456789abcdef");
    database.models.replaceAll(List.of(TestDatabase.model("Surfaces-N")));
    long id = submit("Surfaces-N", "0123456789abcdef");
    submit("other", "fedcba9876543210");
    for (String text : List.of("surfaces", "SURF", "cdef.JPG", "image-mask")) {
      assertThat(found(text)).as(text).contains(id);
    }
    assertThat(found("cdef.jpg")).containsExactly(id);
    // what SQL would take for wildcards is text
    assertThat(found("%")).isEmpty();
    assertThat(found("surfaces_n")).isEmpty();
  }

  @Test
  void filters_hold_together() {
    long first = submit("m", "a");
    long second = submit("n", "b");
    database.begin(first);
    assertThat(ids(new Filter(JobState.RUNNING, null, "m", null, null), new Order.Newest()))
        .containsExactly(first);
    assertThat(ids(new Filter(JobState.RUNNING, null, "n", null, null), new Order.Newest()))
        .isEmpty();
    assertThat(
            ids(
                new Filter(null, JobSpecification.Kind.IMAGE_MASK, null, null, null),
                new Order.Newest()))
        .containsExactly(second, first);
    assertThat(
            ids(
                new Filter(null, JobSpecification.Kind.HEAT_MAP, null, null, null),
                new Order.Newest()))
        .isEmpty();
    assertThat(table.count(new Filter(null, null, "n", null, null))).isEqualTo(1);
  }

  @Test
  void jobs_are_sorted_by_their_best_not_only_by_their_last_value() {
    long falling = withSparsity(0.9, 0.5, 0.2);
    long turning = withSparsity(0.9, 0.1, 0.6);
    long none = submit("m", "c");
    assertThat(ids(Filter.ALL, new Order.Lowest("sparsity"))).containsExactly(turning, falling);
    assertThat(ids(Filter.ALL, new Order.Last("sparsity", true))).containsExactly(falling, turning);
    assertThat(ids(Filter.ALL, new Order.Highest("sparsity"))).doesNotContain(none).hasSize(2);
    assertThat(ids(Filter.ALL, new Order.Newest())).containsExactly(none, turning, falling);
  }

  @Test
  void jobs_are_sorted_by_how_long_they_took() {
    List<Long> ended = new ArrayList<>();
    for (int seconds : new int[] {5, 60, 1}) {
      long id = submit("m", "a");
      database.begin(id);
      database.clock.advance(java.time.Duration.ofSeconds(seconds));
      database.end(id, JobState.SUCCEEDED);
      ended.add(id);
    }
    submit("m", "waits");
    assertThat(ids(Filter.ALL, new Order.Duration(true)))
        .containsExactly(ended.get(1), ended.get(0), ended.get(2));
    assertThat(ids(Filter.ALL, new Order.Duration(false)))
        .containsExactly(ended.get(2), ended.get(0), ended.get(1));
  }

  @Test
  void groups_count_states_the_newest_first() {
    long first = submit("m", "a");
    submit("n", "b");
    long last = submit("m", "c");
    database.begin(first);
    List<JobTable.Group> groups = table.groups(Filter.ALL, Grouping.MODEL);
    assertThat(groups).extracting(JobTable.Group::key).containsExactly("m", "n");
    assertThat(groups.get(0).newest()).isEqualTo(last);
    assertThat(groups.get(0).states()).isEqualTo(Map.of(JobState.RUNNING, 1L, JobState.QUEUED, 1L));
    assertThat(table.groups(Filter.ALL, Grouping.STUDY))
        .extracting(JobTable.Group::key)
        .containsOnlyNulls();
  }

  @Test
  void pages_of_ten_thousand_jobs_follow_each_other_in_every_order_and_use_an_index() {
    insertMany();
    List<Long> newest = IntStream.range(0, MANY).mapToObj(i -> (long) MANY - i).toList();
    assertThat(walk(new Order.Newest())).isEqualTo(newest);
    Comparator<Long> bySparsity = Comparator.comparing(JobTableTest::sparsity);
    assertThat(walk(new Order.Lowest("sparsity")))
        .isEqualTo(newest.stream().sorted(bySparsity.thenComparing(id -> id)).toList());
    assertThat(walk(new Order.Highest("sparsity")))
        .isEqualTo(newest.stream().sorted(bySparsity.thenComparing(id -> id).reversed()).toList());
    assertThat(walk(new Order.Duration(false))).hasSize(MANY).doesNotHaveDuplicates();

    assertThat(plan(Filter.ALL, new Order.Newest())).containsAnyOf("PRIMARY_KEY", "JOB_PKEY");
    assertThat(plan(Filter.ALL, new Order.Lowest("sparsity"))).contains("JOB_METRIC_LOW");
    assertThat(plan(Filter.ALL, new Order.Highest("sparsity"))).contains("JOB_METRIC_HIGH");
    assertThat(plan(Filter.ALL, new Order.Last("sparsity", true))).contains("JOB_METRIC_NEWEST");
    assertThat(plan(Filter.ALL, new Order.Duration(false))).contains("JOB_SECONDS");
    assertThat(plan(new Filter(JobState.FAILED, null, null, null, null), new Order.Newest()))
        .containsAnyOf("JOB_STATE", "JOB_PKEY");
    assertThat(table.count(new Filter(JobState.FAILED, null, null, null, null))).isEqualTo(1000);
  }

  @Test
  void a_place_is_read_back_exactly_and_nothing_else_is_one() {
    Place place = new Place(0.1 + 0.2, 77);
    assertThat(Place.of(place.toString())).isEqualTo(place);
    for (String text : List.of("", "7", ":7", "x:7", "1:x")) {
      assertThatThrownBy(() -> Place.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private List<Long> walk(Order order) {
    List<Long> seen = new ArrayList<>();
    Place place = null;
    do {
      Page<Long> page = table.list(Filter.ALL, order, place, 500);
      seen.addAll(page.items());
      place = page.next() == null ? null : Place.of(page.next());
    } while (place != null);
    return seen;
  }

  /** What the database does for the query of the first page, in capitals. */
  private String plan(Filter filter, Order order) {
    List<String> seen = new ArrayList<>();
    database.jdbi.setSqlLogger(
        new SqlLogger() {
          @Override
          public void logBeforeExecution(StatementContext context) {
            seen.add(context.getRawSql());
          }
        });
    table.list(filter, order, null, 100);
    database.jdbi.setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
    return database.jdbi.withHandle(
        handle -> {
          handle.execute("analyze");
          return handle
              .createQuery("explain " + seen.get(0))
              .bind("limit", 101)
              .bind("metric", "sparsity")
              .bind("state", "FAILED")
              .mapTo(String.class)
              .list()
              .stream()
              .collect(Collectors.joining("\n"))
              .toUpperCase(Locale.ROOT);
        });
  }

  private static double sparsity(long id) {
    return (id * 7919 % 101) / 101.0;
  }

  private void insertMany() {
    database.jdbi.useTransaction(
        handle -> {
          PreparedBatch jobs =
              handle.prepareBatch(
                  "insert into job (id, state, kind, model_id, specification, names, seconds,"
                      + " created_at) values (:id, :state, 'IMAGE_MASK', :model, '{}', 'x',"
                      + " :seconds, :now)");
          PreparedBatch metrics =
              handle.prepareBatch(
                  "insert into job_metric (job_id, metric, low, high, newest, newest_step) values"
                      + " (:id, :metric, :value, :value, :value, 1)");
          for (long id = 1; id <= MANY; id++) {
            jobs.bind("id", id)
                .bind("state", id % 10 == 0 ? "FAILED" : "SUCCEEDED")
                .bind("model", "m" + id % 5)
                .bind("seconds", (double) (id % 300))
                .bind("now", TestDatabase.START.atOffset(java.time.ZoneOffset.UTC))
                .add();
            for (String metric : List.of("invariance", "sparsity", "probability")) {
              metrics.bind("id", id).bind("metric", metric).bind("value", sparsity(id)).add();
            }
          }
          jobs.execute();
          metrics.execute();
          handle.execute("analyze");
        });
  }

  private long withSparsity(double... values) {
    long id = submit("m", "a");
    for (int i = 0; i < values.length; i++) {
      database.append(
          id,
          List.of(
              new JobEvent.Draft(
                  JobEvent.Kind.POINT, 0, i + 1, "{\"sparsity\":%s}".formatted(values[i]))));
    }
    return id;
  }

  private long submit(String model, String image) {
    return database.jobs.insert(JobSpecification.imageMasks(model, List.of(image))).id();
  }

  private List<Long> found(String text) {
    return ids(new Filter(null, null, null, null, text), new Order.Newest());
  }

  private List<Long> ids(Filter filter, Order order) {
    return table.list(filter, order, null, 100).items();
  }
}
