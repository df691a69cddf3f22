package io.fouriermasks.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fouriermasks.store.Actor;
import io.fouriermasks.store.ArtefactType;
import io.fouriermasks.store.Artefacts;
import io.fouriermasks.store.DiskSpace;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobEvent;
import io.fouriermasks.store.JobEvents;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.LabConfig;
import io.fouriermasks.store.TestDatabase;
import io.fouriermasks.store.Throughputs;
import io.fouriermasks.store.UserStorage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is stored of a job that goes on from before what it has already reported. */
class JobOutputTest {

  private static final Actor ANNA = new Actor("anna");

  @TempDir Path folder;

  private final TestDatabase database = new TestDatabase();
  private final Job job = database.jobs.insert(JobSpecification.imageMasks("m", List.of("i", "j")));

  @AfterEach
  void close() {
    database.close();
  }

  private JobOutput open() {
    // no file is written here
    return open(job, null);
  }

  private JobOutput open(Job of, Artefacts artefacts) {
    JobFeed feed = new JobFeed();
    JobLog log =
        new JobLog(database.states, database.events, database.masks, database.heatMaps, feed);
    EngineLoader engine = new EngineLoader(null);
    SpeedLog speeds =
        new SpeedLog(new Throughputs(database.jdbi, database.clock), database.models, engine);
    JobMeters meters = new JobMeters(new SimpleMeterRegistry(), engine);
    return new JobOutput.Opener(
            artefacts, database.events, log, feed, speeds, meters, database.json)
        .open(of);
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

  @Test
  void the_bytes_of_files_count_for_the_job_when_what_names_them_is_stored() {
    LabConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(LabConfig.class)
            .withDefaultValue("fourier-masks.data-dir", folder.toString())
            .build()
            .getConfigMapping(LabConfig.class);
    Artefacts artefacts = new Artefacts(config, new DiskSpace(config), Optional.empty());
    UserStorage storage = new UserStorage(database.jdbi, config);
    Job mine = database.jobs.insert(JobSpecification.imageMasks("m", List.of("i")), "m", ANNA);
    try (JobOutput output = open(mine, artefacts)) {
      output.preview(0, 1, () -> new PreviewFiles(1, output.values(new float[10]), null));
      output.flush();
      assertThat(storage.of(ANNA)).isEqualTo(40);
      output.run(() -> output.keep(ArtefactType.PNG, new byte[5]));
      output.flush();
      assertThat(storage.of(ANNA)).isEqualTo(45);
    }
    assertThat(storage.of(ANNA)).isEqualTo(45);
  }
}
