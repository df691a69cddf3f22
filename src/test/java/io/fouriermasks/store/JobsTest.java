package io.fouriermasks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fouriermasks.store.JobStates.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** On every database that the lab runs on. */
@ParameterizedClass
@EnumSource(TestDatabase.Product.class)
class JobsTest {

  private static final JobSpecification SPECIFICATION =
      JobSpecification.imageMasks("surfaces-compact-n", List.of("0123456789abcdef"));

  private final TestDatabase database;
  private final Jobs jobs;

  JobsTest(TestDatabase.Product product) {
    database = product.open();
    jobs = database.jobs;
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_job_is_read_back_as_it_was_written() {
    Job job = jobs.insert(SPECIFICATION);
    assertThat(job)
        .isEqualTo(
            new Job(
                job.id(),
                JobState.QUEUED,
                null,
                null,
                SPECIFICATION,
                "surfaces-compact-n",
                null,
                TestDatabase.START,
                null,
                null,
                null,
                0,
                null));
    assertThat(jobs.get(job.id())).isEqualTo(job);
  }

  @Test
  void a_change_of_state_sets_the_times_and_is_logged() {
    long id = jobs.insert(SPECIFICATION).id();
    database.clock.advance(Duration.ofSeconds(1));
    database.begin(id);
    database.clock.advance(Duration.ofSeconds(2));
    Job failed =
        database.states.change(
            id, new Change(JobState.FAILED, EndReason.ERROR, "It did not work."));

    assertThat(failed.startedAt()).isEqualTo(TestDatabase.START.plusSeconds(1));
    assertThat(failed.finishedAt()).isEqualTo(TestDatabase.START.plusSeconds(3));
    assertThat(jobs.get(id)).isEqualTo(failed);
    assertThat(database.events.after(id, 0, 10))
        .extracting(JobEvent::seq, JobEvent::kind)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1L, JobEvent.Kind.STATE),
            org.assertj.core.groups.Tuple.tuple(2L, JobEvent.Kind.STATE),
            org.assertj.core.groups.Tuple.tuple(3L, JobEvent.Kind.STATE));
  }

  @Test
  void a_job_can_be_seen_as_it_was_after_each_of_its_events() {
    long id = jobs.insert(SPECIFICATION).id();
    Job running = database.begin(id);
    Job failed = database.states.change(id, new Change(JobState.FAILED, EndReason.ERROR, "no"));

    assertThat(jobs.asOf(id, 1).state()).isEqualTo(JobState.QUEUED);
    assertThat(jobs.asOf(id, 2)).isEqualTo(running);
    assertThat(jobs.asOf(id, 3)).isEqualTo(failed);
  }

  @Test
  void an_illegal_change_is_refused_and_changes_nothing() {
    long id = jobs.insert(SPECIFICATION).id();
    assertThatThrownBy(() -> database.states.change(id, Change.to(JobState.SUCCEEDED)))
        .isInstanceOf(IllegalTransitionException.class)
        .hasMessage("Job %d is queued and cannot become succeeded.", id);
    assertThat(jobs.get(id).state()).isEqualTo(JobState.QUEUED);
    assertThat(database.events.lastSeq(id)).isEqualTo(1);
  }

  @Test
  void an_unknown_job_is_named_in_the_error() {
    assertThatThrownBy(() -> jobs.get(77))
        .isInstanceOf(UnknownIdException.class)
        .hasMessage("There is no job 77.");
    assertThatThrownBy(() -> database.states.change(77, Change.to(JobState.RUNNING)))
        .isInstanceOf(UnknownIdException.class);
    assertThatThrownBy(() -> database.events.append(new Lease(77, 0), List.of()))
        .isInstanceOf(UnknownIdException.class);
  }

  @Test
  void a_decision_can_leave_the_job_as_it_is() {
    Job job = jobs.insert(SPECIFICATION);
    assertThat(database.states.decide(job.id(), seen -> Optional.empty())).isEqualTo(job);
    assertThat(database.states.decide(job.id(), seen -> Optional.of(JobState.CANCELLED)))
        .returns(JobState.CANCELLED, Job::state)
        .returns(EndReason.CANCELLED, Job::reason);
  }

  @Test
  void pages_follow_each_other_newest_first_without_gap_or_repeat() {
    List<Long> submitted = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      submitted.add(0, jobs.insert(SPECIFICATION).id());
    }
    List<Long> seen = new ArrayList<>();
    long before = Page.START;
    for (int page = 0; page < 3; page++) {
      Page<Job> part = jobs.list(Jobs.Filter.ALL, before, 3);
      part.items().forEach(job -> seen.add(job.id()));
      assertThat(part.items()).hasSize(page < 2 ? 3 : 1);
      if (page < 2) {
        before = Long.parseLong(part.next());
      } else {
        assertThat(part.next()).isNull();
      }
    }
    assertThat(seen).isEqualTo(submitted);
  }

  @Test
  void jobs_are_listed_and_counted_by_state() {
    long running = jobs.insert(SPECIFICATION).id();
    long queued = jobs.insert(SPECIFICATION).id();
    database.begin(running);

    assertThat(jobs.list(Jobs.Filter.ofState(JobState.RUNNING), Page.START, 10).items())
        .extracting(Job::id)
        .containsExactly(running);
    assertThat(jobs.inState(JobState.QUEUED)).extracting(Job::id).containsExactly(queued);
    assertThat(jobs.counts()).isEqualTo(Map.of(JobState.RUNNING, 1L, JobState.QUEUED, 1L));
  }

  @Test
  void jobs_are_found_by_kind_and_model() {
    long masks = jobs.insert(SPECIFICATION).id();
    JobSpecification training =
        new JobSpecification.TrainModel(
            "compact", "n", "photos", "photos", null, null, null, null, null, null);
    Job made = jobs.insert(training, "photos-compact-n", Actor.LAB);

    assertThat(found(JobSpecification.Kind.TRAIN_MODEL, null)).containsExactly(made.id());
    assertThat(found(null, "surfaces-compact-n")).containsExactly(masks);
    assertThat(found(JobSpecification.Kind.IMAGE_MASK, "photos-compact-n")).isEmpty();
    assertThat(jobs.get(made.id())).isEqualTo(made);
  }

  private List<Long> found(JobSpecification.Kind kind, String model) {
    return jobs.list(new Jobs.Filter(null, kind, model, null), Page.START, 10).items().stream()
        .map(Job::id)
        .toList();
  }

  @Test
  void a_database_of_the_second_version_keeps_its_jobs() {
    String url = "jdbc:h2:mem:" + UUID.randomUUID();
    try (Handle second = Jdbi.create(url, "sa", "").open()) {
      Flyway.configure().dataSource(url, "sa", "").target("2").load().migrate();
      second.execute(
          "insert into job (state, specification, created_at) values ('QUEUED',"
              + " '{\"kind\":\"image-mask\",\"model\":\"surfaces-compact-n\",\"images\":"
              + "[\"0123456789abcdef\"],\"preset\":\"paper\",\"maxSteps\":20000,\"seed\":31}',"
              + " timestamp with time zone '2026-01-02 03:04:05Z')");
      try (TestDatabase migrated = new TestDatabase(url)) {
        assertThat(migrated.jobs.get(1))
            .isEqualTo(
                new Job(
                    1,
                    JobState.QUEUED,
                    null,
                    null,
                    SPECIFICATION,
                    "surfaces-compact-n",
                    null,
                    TestDatabase.START,
                    null,
                    null,
                    null,
                    0,
                    null));
        Jobs.Filter filter =
            new Jobs.Filter(null, JobSpecification.Kind.IMAGE_MASK, "surfaces-compact-n", null);
        assertThat(migrated.jobs.list(filter, Page.START, 10).items()).hasSize(1);
      }
    }
  }

  @Test
  void a_page_in_the_middle_of_ten_thousand_jobs_has_what_was_asked_for() {
    database.jdbi.useTransaction(
        handle -> {
          PreparedBatch batch =
              handle.prepareBatch(
                  "insert into job (state, kind, specification, created_at)"
                      + " values (:state, 'IMAGE_MASK', :specification, :now)");
          for (int i = 0; i < 10_000; i++) {
            batch
                .bind("state", i % 10 == 0 ? "FAILED" : "SUCCEEDED")
                .bind("specification", json())
                .bind("now", TestDatabase.START.atOffset(java.time.ZoneOffset.UTC))
                .add();
          }
          batch.execute();
        });
    assertThat(jobs.list(Jobs.Filter.ofState(JobState.FAILED), 5_000, 100).items())
        .hasSize(100)
        .allSatisfy(job -> assertThat(job.state()).isEqualTo(JobState.FAILED))
        .first()
        .returns(4_991L, Job::id);
    assertThat(jobs.list(Jobs.Filter.ALL, 5_000, 100).items())
        .extracting(Job::id)
        .startsWith(4_999L)
        .endsWith(4_900L);
  }

  private String json() {
    try {
      return database.json.writeValueAsString(SPECIFICATION);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
