package io.fouriermasks.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fouriermasks.store.JobEvent.Draft;
import io.fouriermasks.store.JobEvent.Kind;
import io.fouriermasks.store.JobMetrics.Range;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** On every database that the lab runs on. */
@ParameterizedClass
@EnumSource(TestDatabase.Product.class)
class JobMetricsTest {

  private final TestDatabase database;
  private final JobMetrics metrics;
  private final long job;

  JobMetricsTest(TestDatabase.Product product) {
    database = product.open();
    metrics = new JobMetrics(database.jdbi);
    job = database.jobs.insert(JobSpecification.imageMasks("m", List.of("a", "b"))).id();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void the_range_of_each_value_follows_the_points_within_and_between_batches() {
    append(point(0, 2, "{\"sparsity\":0.9,\"invariance\":1e-5}"));
    append(
        point(1, 2, "{\"sparsity\":0.3}"),
        new Draft(Kind.MASK, 0, 3, "{\"sparsity\":0.01}"),
        point(0, 3, "{\"sparsity\":0.5,\"prediction\":2}"));
    assertThat(metrics.ofJobs(List.of(job)))
        .isEqualTo(
            Map.of(
                job,
                Map.of(
                    "sparsity", new Range(0.3, 0.9, 0.5, 3),
                    "invariance", new Range(1e-5, 1e-5, 1e-5, 2),
                    "prediction", new Range(2, 2, 2, 3))));
  }

  @Test
  void the_whole_spectrum_before_the_first_step_is_never_the_best() {
    String first = "{\"sparsity\":1,\"invariance\":0,\"probability\":0.99}";
    String second = "{\"sparsity\":0.9,\"invariance\":1e-5,\"probability\":0.7}";
    append(point(0, 1, first));
    assertThat(metrics.ofJobs(List.of(job)).get(job)).containsOnlyKeys("sparsity");
    append(point(0, 2, second), point(1, 1, first));
    Map<String, Range> ranges =
        Map.of(
            "sparsity", new Range(0.9, 1, 1, 1),
            "invariance", new Range(1e-5, 1e-5, 1e-5, 2),
            "probability", new Range(0.7, 0.7, 0.7, 2));
    assertThat(metrics.ofJobs(List.of(job))).isEqualTo(Map.of(job, ranges));

    // as it was kept before
    database.jdbi.useHandle(
        handle ->
            handle.execute("update job_metric set low = 0, high = 1 where metric <> 'sparsity'"));
    new JobTableBackfill(database.jdbi, database.jobs).run();
    assertThat(metrics.ofJobs(List.of(job))).isEqualTo(Map.of(job, ranges));
  }

  @Test
  void a_job_without_points_has_no_values() {
    append(new Draft(Kind.MASK, 0, 3, "{\"sparsity\":0.01}"));
    assertThat(metrics.ofJobs(List.of(job))).isEmpty();
    assertThat(metrics.ofJobs(List.of())).isEmpty();
  }

  @Test
  void jobs_from_before_get_their_names_and_values_once() {
    database.image("a");
    append(point(0, 1, "{\"sparsity\":0.9}"), point(0, 2, "{\"sparsity\":0.4}"));
    Map<Long, Map<String, Range>> kept = metrics.ofJobs(List.of(job));
    database.jdbi.useHandle(
        handle -> {
          handle.execute("delete from job_metric");
          handle.execute("update job set names = null");
        });
    JobTableBackfill backfill = new JobTableBackfill(database.jdbi, database.jobs);
    backfill.run();
    backfill.run();
    assertThat(metrics.ofJobs(List.of(job))).isEqualTo(kept);
    JobTable.Filter named = new JobTable.Filter(null, null, null, null, "a.jpg");
    assertThat(new JobTable(database.jdbi).count(named)).isEqualTo(1);
  }

  private void append(Draft... drafts) {
    database.append(job, List.of(drafts));
  }

  private static Draft point(int image, int step, String values) {
    return new Draft(Kind.POINT, image, step, values);
  }
}
