package io.fouriermasks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeletedJobsTest {

  private static final Actor ANNA = new Actor("anna");
  private static final String MODEL = "surfaces-compact-n";
  private static final String PREVIEW = "d".repeat(64);

  /** A job with a heat map, a value and a preview, that has succeeded. */
  private static long finished(TestDatabase database) {
    if (database.models.find(MODEL).isEmpty()) {
      database.models.replaceAll(List.of(TestDatabase.model(MODEL)));
    }
    long id = database.jobs.insert(JobSpecification.imageMasks(MODEL, List.of())).id();
    Lease lease = database.begin(id).lease();
    database.heatMaps.publish(
        lease,
        new HeatMap.Made(
            MODEL, "photos", "val", 23, 16, 50, 0.1, 1, "a".repeat(64), "b".repeat(64)));
    database.events.append(
        lease,
        List.of(
            new JobEvent.Draft(
                JobEvent.Kind.MASK, null, 1, "{\"mask\":\"" + PREVIEW + "\",\"sparsity\":1}")));
    database.end(id, JobState.SUCCEEDED);
    return id;
  }

  private static void anybody(Job job) {}

  @ParameterizedTest
  @EnumSource
  void what_is_deleted_is_out_of_sight_and_comes_back_whole(TestDatabase.Product product) {
    try (TestDatabase database = product.open()) {
      DeletedJobs deleted = new DeletedJobs(database.jdbi, database.clock, database.json);
      long id = finished(database);
      long other = finished(database);
      Job before = database.jobs.get(id);
      HeatMap heatMap = database.heatMaps.ofJobs(List.of(id)).get(0);
      JobTable table = new JobTable(database.jdbi);
      assertThat(deleted.belongings(id)).isEqualTo(new DeletedJobs.Belongings(0, 1, List.of()));

      deleted.delete(id, ANNA, DeletedJobsTest::anybody);

      assertThat(database.jobs.find(id)).isEmpty();
      assertThat(database.jobs.all(List.of(id, other))).extracting(Job::id).containsExactly(other);
      assertThat(database.jobs.list(Jobs.Filter.ALL, Page.START, 9).items())
          .extracting(Job::id)
          .containsExactly(other);
      assertThat(database.jobs.counts()).containsEntry(JobState.SUCCEEDED, 1L);
      assertThat(table.count(JobTable.Filter.ALL)).isEqualTo(1);
      assertThat(database.heatMaps.ofJobs(List.of(id))).isEmpty();
      assertThat(database.heatMaps.list(MODEL, Page.START, 9).items()).hasSize(1);
      assertThatThrownBy(() -> database.heatMaps.get(heatMap.id()))
          .isInstanceOf(UnknownIdException.class);
      assertThatThrownBy(() -> deleted.delete(id, ANNA, DeletedJobsTest::anybody))
          .isInstanceOf(UnknownIdException.class);
      assertThat(deleted.list(9))
          .singleElement()
          .satisfies(
              each -> {
                assertThat(each.job()).isEqualTo(before);
                assertThat(each.by()).isEqualTo("anna");
                assertThat(each.at()).isEqualTo(database.clock.instant());
              });

      deleted.restore(id, ANNA, DeletedJobsTest::anybody);

      assertThat(database.jobs.get(id)).isEqualTo(before);
      assertThat(database.heatMaps.get(heatMap.id())).isEqualTo(heatMap);
      assertThat(table.count(JobTable.Filter.ALL)).isEqualTo(2);
      assertThat(deleted.list(9)).isEmpty();
      assertThat(
              new AuditLog(database.jdbi, database.clock)
                  .list(AuditLog.Filter.ALL, Page.START, 9)
                  .items())
          .extracting(AuditEntry::action)
          .containsExactly(AuditEntry.Action.JOB_RESTORE, AuditEntry.Action.JOB_DELETE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_nobody_wants_back_is_removed_to_the_last_row(TestDatabase.Product product) {
    try (TestDatabase database = product.open()) {
      DeletedJobs deleted = new DeletedJobs(database.jdbi, database.clock, database.json);
      long id = finished(database);
      long restored = finished(database);
      deleted.delete(id, ANNA, DeletedJobsTest::anybody);
      deleted.delete(restored, ANNA, DeletedJobsTest::anybody);
      deleted.restore(restored, ANNA, DeletedJobsTest::anybody);
      assertThat(deleted.before(database.clock.instant())).isEmpty();
      assertThat(deleted.remove(id, database.clock.instant())).isEmpty();
      database.clock.advance(Duration.ofDays(1));

      assertThat(deleted.before(database.clock.instant())).containsExactly(id);
      assertThat(deleted.remove(id, database.clock.instant()))
          .contains(Set.of("a".repeat(64), "b".repeat(64), PREVIEW));

      for (String table : List.of("job_event", "heat_map", "mask", "job_metric")) {
        assertThat(rows(database, table, "job_id", id)).as(table).isZero();
      }
      assertThat(rows(database, "job", "id", id)).isZero();
      assertThat(rows(database, "job_event", "job_id", restored)).isPositive();
      assertThat(deleted.remove(restored, database.clock.instant())).isEmpty();
      assertThat(database.jobs.find(restored)).isPresent();
      assertThatThrownBy(() -> deleted.restore(id, ANNA, DeletedJobsTest::anybody))
          .isInstanceOf(UnknownIdException.class);
    }
  }

  private static long rows(TestDatabase database, String table, String column, long id) {
    return database.jdbi.withHandle(
        handle ->
            handle
                .createQuery("select count(*) from %s where %s = :id".formatted(table, column))
                .bind("id", id)
                .mapTo(long.class)
                .one());
  }

  @ParameterizedTest
  @EnumSource
  void who_may_not_delete_changes_nothing(TestDatabase.Product product) {
    try (TestDatabase database = product.open()) {
      DeletedJobs deleted = new DeletedJobs(database.jdbi, database.clock, database.json);
      long id = finished(database);
      assertThatThrownBy(
              () ->
                  deleted.delete(
                      id,
                      ANNA,
                      job -> {
                        throw new IllegalStateException("not yours");
                      }))
          .hasMessage("not yours");
      assertThat(database.jobs.find(id)).isPresent();
      assertThat(deleted.list(9)).isEmpty();
    }
  }
}
