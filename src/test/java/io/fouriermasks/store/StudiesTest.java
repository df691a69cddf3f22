package io.fouriermasks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.fouriermasks.store.JobStates.Change;
import io.fouriermasks.store.Studies.Draft;
import io.fouriermasks.store.Studies.Known;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** On every database that the lab runs on. */
@ParameterizedClass
@EnumSource(TestDatabase.Product.class)
class StudiesTest {

  private static final JobSpecification TRAINING =
      new JobSpecification.TrainModel(
          "compact", "n", "photos", "f", "quick", 1, null, null, null, null);
  private static final JobSpecification MASK =
      new JobSpecification.ModelMask("f-compact-n", "photos", "val", null, null, 1, null, null);

  private final TestDatabase database;

  StudiesTest(TestDatabase.Product product) {
    database = product.open();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Study trainingAndTwoMasks() {
    return database.studies.insert(
        "study",
        Map.of("name", "study"),
        List.of(
            new Draft(TRAINING, "f-compact-n", null),
            new Draft(MASK, "f-compact-n", 0),
            new Draft(MASK, "f-compact-n", 0)),
        Actor.LAB);
  }

  @Test
  void a_mask_waits_until_its_training_has_succeeded() {
    Study study = trainingAndTwoMasks();
    List<Long> ids = study.jobs().stream().map(Job::id).toList();
    assertThat(database.dependencies.unfinished(ids))
        .containsExactly(
            Map.entry(ids.get(1), List.of(ids.get(0))), Map.entry(ids.get(2), List.of(ids.get(0))));
    assertThat(database.states.forgotten()).extracting(Job::id).containsExactly(ids.get(0));

    database.begin(ids.get(0));
    assertThat(database.dependencies.ready(ids.get(0))).isEmpty();
    assertThat(database.states.forgotten()).isEmpty();

    database.end(ids.get(0), JobState.SUCCEEDED);
    assertThat(database.dependencies.ready(ids.get(0)))
        .extracting(Job::id)
        .containsExactly(ids.get(1), ids.get(2));
    assertThat(database.states.forgotten())
        .extracting(Job::id)
        .containsExactly(ids.get(1), ids.get(2));
    assertThat(database.dependencies.unfinished(ids)).isEmpty();
    assertThat(database.dependencies.hopeless()).isEmpty();
  }

  @Test
  void what_waits_for_a_failed_or_cancelled_job_is_hopeless() {
    List<Long> ids = trainingAndTwoMasks().jobs().stream().map(Job::id).toList();
    database.states.change(ids.get(2), Change.to(JobState.CANCELLED));
    database.states.change(ids.get(0), Change.to(JobState.CANCELLED));
    assertThat(database.dependencies.hopeless())
        .singleElement()
        .returns(ids.get(1), Dependencies.Hopeless::job)
        .returns(ids.get(0), hopeless -> hopeless.needed().id());
    database.states.change(ids.get(1), Change.to(JobState.FAILED));
    assertThat(database.dependencies.hopeless()).isEmpty();
  }

  @Test
  void a_job_belongs_to_every_study_that_has_use_for_it() {
    List<Long> ids = trainingAndTwoMasks().jobs().stream().map(Job::id).toList();
    Study later =
        database.studies.insert(
            "later",
            Map.of(),
            List.of(
                new Known(ids.get(1)), new Draft(MASK, "f-compact-n", 0), new Known(ids.get(0))),
            Actor.LAB);
    assertThat(later.jobs()).extracting(Job::id).startsWith(ids.get(1)).endsWith(ids.get(0));
    assertThat(later.reused()).extracting(Job::id).containsExactly(ids.get(1), ids.get(0));
    assertThat(later.started()).hasSize(1);
    assertThat(database.studies.get(later.id()).jobs()).hasSize(3);

    JobTable table = new JobTable(database.jdbi);
    JobTable.Filter ofLater = new JobTable.Filter(null, null, null, later.id(), null);
    assertThat(table.count(ofLater)).isEqualTo(3);
    assertThat(table.groups(JobTable.Filter.ALL, JobTable.Grouping.STUDY))
        .extracting(JobTable.Group::key, group -> group.states().get(JobState.QUEUED))
        .containsExactlyInAnyOrder(
            tuple(Long.toString(later.id()), 3L), tuple(Long.toString(later.id() - 1), 3L));
    assertThat(
            database
                .jobs
                .list(new Jobs.Filter(null, null, null, later.id()), Page.START, 10)
                .items())
        .hasSize(3);
  }

  @Test
  void a_study_with_a_job_that_is_not_there_leaves_nothing_behind() {
    assertThatThrownBy(
            () ->
                database.studies.insert(
                    "broken",
                    Map.of(),
                    List.of(new Draft(TRAINING, "f-compact-n", null), new Known(4711)),
                    Actor.LAB))
        .isInstanceOf(UnknownIdException.class);
    assertThat(database.studies.list(Page.START, 10).items()).isEmpty();
    assertThat(database.jobs.inState(JobState.QUEUED)).isEmpty();
  }
}
