package io.fouriermasks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fouriermasks.store.JobStates.Change;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may change a job that several workers know of. On every database that the lab runs on. */
@ParameterizedClass
@EnumSource(TestDatabase.Product.class)
class JobStatesTest {

  private static final JobStates.Left QUEUED_AGAIN =
      times -> new Change(JobState.QUEUED, EndReason.INTERRUPTED, "time " + times);

  private final TestDatabase database;
  private final JobStates states;
  private final long id;

  JobStatesTest(TestDatabase.Product product) {
    database = product.open();
    states = database.states;
    id = database.jobs.insert(JobSpecification.imageMasks("m", List.of("i"))).id();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Optional<Job> begin(String entry, String worker) {
    return states.begin(id, entry, worker, QUEUED_AGAIN);
  }

  @Test
  void only_the_newest_entry_of_the_queue_stands_for_a_job() {
    states.enter(id, "old");
    states.enter(id, "new");
    assertThat(begin("old", "a")).isEmpty();
    assertThat(database.jobs.get(id).state()).isEqualTo(JobState.QUEUED);
    assertThat(begin("new", "a").orElseThrow())
        .returns(JobState.RUNNING, Job::state)
        .returns("a", Job::worker)
        .returns(1L, Job::begun);
  }

  @Test
  void a_job_that_runs_is_not_begun_by_another_entry() {
    assertThat(states.enter(id, "first")).isTrue();
    begin("first", "a");
    // two processes that found it waiting, and one was late
    assertThat(states.enter(id, "second")).isFalse();
    assertThat(begin("second", "b")).isEmpty();
    assertThat(database.jobs.get(id)).returns("a", Job::worker).returns(1L, Job::begun);
  }

  @Test
  void the_entry_of_a_dead_worker_is_begun_by_the_next_and_the_first_can_write_no_more() {
    states.enter(id, "entry");
    Lease first = begin("entry", "a").orElseThrow().lease();
    Job second = begin("entry", "b").orElseThrow();

    assertThat(second).returns("b", Job::worker).returns(2L, Job::begun);
    assertThat(database.events.interruptions(id)).isEqualTo(1);
    List<JobEvent.Draft> point =
        List.of(new JobEvent.Draft(JobEvent.Kind.POINT, 0, 1, "{\"sparsity\":0.5}"));
    assertThatThrownBy(() -> database.events.append(first, point))
        .isInstanceOf(LeaseLostException.class);
    assertThatThrownBy(() -> states.end(first, Change.to(JobState.SUCCEEDED)))
        .isInstanceOf(LeaseLostException.class);
    assertThatThrownBy(() -> states.wanted(first)).isInstanceOf(LeaseLostException.class);
    assertThat(database.events.append(second.lease(), point)).isEqualTo(5);
    assertThat(new JobMetrics(database.jdbi).ofJobs(List.of(id))).hasSize(1);
  }

  @Test
  void only_sudden_ends_without_progress_in_between_are_counted() {
    List<JobEvent.Draft> point = List.of(new JobEvent.Draft(JobEvent.Kind.POINT, 0, 1, "{}"));
    states.enter(id, "entry");
    begin("entry", "a");
    begin("entry", "b");
    Job third = begin("entry", "c").orElseThrow();
    assertThat(database.events.interruptions(id)).isEqualTo(2);
    database.events.append(third.lease(), point);
    begin("entry", "d");
    assertThat(database.events.interruptions(id)).isEqualTo(1);
  }

  @Test
  void a_job_that_was_given_up_is_not_begun_again() {
    states.enter(id, "entry");
    begin("entry", "a");
    Change givenUp = new Change(JobState.FAILED, EndReason.INTERRUPTED, "too often");
    assertThat(states.begin(id, "entry", "b", times -> givenUp)).isEmpty();
    assertThat(database.jobs.get(id))
        .returns(JobState.FAILED, Job::state)
        .returns("too often", Job::error);
  }

  @Test
  void a_running_job_is_asked_and_its_worker_makes_the_change() {
    states.enter(id, "entry");
    Lease lease = begin("entry", "a").orElseThrow().lease();
    assertThat(states.wanted(lease)).isNull();
    assertThat(states.decide(id, job -> Optional.of(JobState.PAUSED)).state())
        .isEqualTo(JobState.RUNNING);
    assertThat(states.wanted(lease)).isEqualTo(JobState.PAUSED);
    states.decide(id, job -> Optional.of(JobState.CANCELLED));
    states.decide(id, job -> Optional.of(JobState.PAUSED));
    assertThat(states.wanted(lease)).isEqualTo(JobState.CANCELLED);
  }

  @Test
  void what_was_asked_is_done_though_the_worker_has_died_or_was_overtaken() {
    states.enter(id, "entry");
    Lease lease = begin("entry", "a").orElseThrow().lease();
    states.decide(id, job -> Optional.of(JobState.PAUSED));
    assertThat(states.end(lease, new Change(JobState.QUEUED, EndReason.OVERTAKEN, null)))
        .returns(JobState.PAUSED, Job::state)
        .returns(EndReason.REQUESTED, Job::reason);

    states.decide(id, job -> Optional.of(JobState.QUEUED));
    states.enter(id, "later");
    begin("later", "a");
    states.decide(id, job -> Optional.of(JobState.CANCELLED));
    assertThat(begin("later", "b")).isEmpty();
    assertThat(database.jobs.get(id)).returns(JobState.CANCELLED, Job::state);
  }

  @Test
  void an_end_whose_answer_was_lost_can_be_stored_again() {
    states.enter(id, "entry");
    Lease lease = begin("entry", "a").orElseThrow().lease();
    Job ended = states.end(lease, Change.to(JobState.SUCCEEDED));
    assertThat(states.end(lease, Change.to(JobState.SUCCEEDED))).isEqualTo(ended);
    assertThat(database.events.lastSeq(id)).isEqualTo(3);
  }

  @Test
  void waiting_and_running_jobs_that_the_queue_does_not_know_are_found() {
    assertThat(states.forgotten()).extracting(Job::id).containsExactly(id);
    states.enter(id, "entry");
    assertThat(states.forgotten()).extracting(Job::id).containsExactly(id);
    database.jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into scheduled_tasks (task_name, task_instance, execution_time, picked,"
                    + " version) values ('job', 'entry', current_timestamp, false, 1)"));
    assertThat(states.forgotten()).isEmpty();
    begin("entry", "a");
    assertThat(states.abandoned()).isEmpty();
    database.jdbi.useHandle(handle -> handle.execute("delete from scheduled_tasks"));
    assertThat(states.forgotten()).isEmpty();
    assertThat(states.abandoned()).extracting(Job::id).containsExactly(id);
  }
}
