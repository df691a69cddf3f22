package io.fouriermasks.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobEvent;
import io.fouriermasks.store.JobEvents;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.TestDatabase;
import io.fouriermasks.store.Throughputs;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is stored of a job that goes on from before what it has already reported. */
class JobOutputTest {

  private final TestDatabase database = new TestDatabase();
  private final Job job = database.jobs.insert(JobSpecification.imageMasks("m", List.of("i", "j")));

  @AfterEach
  void close() {
    database.close();
  }

  private JobOutput open() {
    JobFeed feed = new JobFeed();
    JobLog log =
        new JobLog(database.states, database.events, database.masks, database.heatMaps, feed);
    EngineLoader engine = new EngineLoader(null);
    SpeedLog speeds =
        new SpeedLog(new Throughputs(database.jdbi, database.clock), database.models, engine);
    JobMeters meters = new JobMeters(new SimpleMeterRegistry(), engine);
    // no file is written here
    return new JobOutput.Opener(null, database.events, log, feed, speeds, meters, database.json)
        .open(job);
  }

  private static void point(JobOutput output, Integer index, int step, String name, double value) {
    output.point(index, step, new TreeMap<>(Map.of(name, value)));
  }

  private List<String> stored() {
    return database
        .events
        .ofKind(
            job.id(),
            JobEvent.Kind.POINT,
            null,
            new JobEvents.Steps(0, Integer.MAX_VALUE),
            Long.MAX_VALUE)
        .stream()
        .map(event -> event.image() + "/" + event.step() + " " + event.data())
        .toList();
  }

  @Test
  void points_that_are_reached_again_are_not_stored_again() {
    try (JobOutput before = open()) {
      point(before, 0, 1, "loss", 3);
      point(before, 0, 2, "loss", 2);
      point(before, 1, 1, "loss", 9);
    }
    try (JobOutput after = open()) {
      point(after, 0, 1, "loss", 3);
      point(after, 0, 2, "loss", 2);
      point(after, 0, 3, "loss", 1);
      point(after, 1, 2, "loss", 8);
    }
    assertThat(stored())
        .containsExactly(
            "0/1 {\"loss\":3.0}",
            "0/2 {\"loss\":2.0}",
            "1/1 {\"loss\":9.0}",
            "0/3 {\"loss\":1.0}",
            "1/2 {\"loss\":8.0}");
  }

  @Test
  void the_point_of_an_epoch_that_was_being_evaluated_is_stored_when_it_is_reached_again() {
    try (JobOutput before = open()) {
      point(before, null, 10, "loss", 3);
    }
    try (JobOutput after = open()) {
      point(after, null, 10, "loss", 3);
      point(after, null, 10, "accuracy", 0.5);
    }
    assertThat(stored()).containsExactly("null/10 {\"loss\":3.0}", "null/10 {\"accuracy\":0.5}");
  }
}
