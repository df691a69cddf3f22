package io.fouriermasks.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fouriermasks.store.Actor;
import io.fouriermasks.store.ArtefactType;
import io.fouriermasks.store.Artefacts;
import io.fouriermasks.store.DatabaseProduct;
import io.fouriermasks.store.DeletedFiles;
import io.fouriermasks.store.DeletedImages;
import io.fouriermasks.store.DeletedJobs;
import io.fouriermasks.store.DiskSpace;
import io.fouriermasks.store.Image;
import io.fouriermasks.store.JobEvent;
import io.fouriermasks.store.JobEvent.Draft;
import io.fouriermasks.store.JobEvents;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.LabConfig;
import io.fouriermasks.store.Previews;
import io.fouriermasks.store.TestDatabase;
import io.fouriermasks.store.UserStorage;
import io.fouriermasks.store.WeightFiles;
import io.fouriermasks.store.WorkerState;
import io.fouriermasks.store.Workers;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** On every database that the lab runs on. */
@ParameterizedClass
@EnumSource(TestDatabase.Product.class)
class RetentionTest {

  private static final String UUID = "0f8fad5b-d9cb-469f-a165-70867728950e";

  private final TestDatabase database;
  private final Workers workers;

  @TempDir Path data;

  RetentionTest(TestDatabase.Product product) {
    database = product.open();
    workers = new Workers(database.jdbi, database.clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void checkpoints_of_jobs_that_failed_long_ago_go_and_those_of_paused_and_queued_ones_stay()
      throws IOException {
    long failed = withCheckpoint(JobState.FAILED);
    long paused = withCheckpoint(JobState.PAUSED);
    long queued = withCheckpoint(JobState.QUEUED);
    Path unknown = checkpoint(4711);
    database.clock.advance(Duration.ofDays(20));
    long lately = withCheckpoint(JobState.FAILED);
    database.clock.advance(Duration.ofDays(11));

    Retention.Swept swept = retention(Map.of()).sweep();

    assertThat(swept.checkpoints()).isEqualTo(new Freed(1, 10));
    assertThat(data.resolve("jobs/" + failed)).doesNotExist();
    assertThat(Stream.of(paused, queued, lately)).allSatisfy(job -> assertThat(file(job)).exists());
    assertThat(unknown).exists();
  }

  @Test
  void of_old_previews_the_newest_stays_and_so_does_a_file_that_something_else_names()
      throws IOException {
    String first = artefact("first");
    String second = artefact("second");
    String newest = artefact("newest");
    String picture = artefact("a photograph");
    String reused = artefact("made by a job that runs now");
    database.images.store(
        new Image("i", "i.png", 9, 9, picture, picture, database.clock.instant(), null), Actor.LAB);
    long old = job(first, second, picture, reused, newest);
    database.end(old, JobState.CANCELLED);
    database.clock.advance(Duration.ofDays(91));
    long lately = job(second, newest);
    database.end(lately, JobState.FAILED);
    long running = job(first, newest);
    database.jdbi.useHandle(
        handle -> handle.execute("delete from job_event where job_id = ?", running));
    artefacts()
        .put(ArtefactType.BIN, "made by a job that runs now".getBytes(StandardCharsets.UTF_8));
    Files.setLastModifiedTime(
        path(reused), FileTime.from(database.clock.instant().minus(Duration.ofHours(1))));

    Retention retention = retention(Map.of());
    Retention.Swept swept = retention.sweep();

    assertThat(swept.previews()).isEqualTo(new Freed(4, "first".length()));
    assertThat(path(first)).doesNotExist();
    assertThat(Stream.of(second, newest, picture, reused))
        .allSatisfy(hash -> assertThat(path(hash)).exists());
    assertThat(
            database.events.ofKind(
                lately, JobEvent.Kind.MASK, null, JobEvents.Steps.ALL, Long.MAX_VALUE))
        .hasSize(2);
    assertThat(retention.sweep().previews()).isEqualTo(Freed.NOTHING);
  }

  @Test
  void a_deleted_photograph_goes_with_the_files_that_no_other_names_when_its_day_is_over()
      throws IOException {
    String picture = artefact("its own picture");
    String shared = artefact("the input of two");
    for (String id : List.of("one", "two")) {
      database.images.store(
          new Image(
              id,
              id,
              9,
              9,
              id.equals("one") ? picture : shared,
              shared,
              database.clock.instant(),
              null),
          Actor.LAB);
    }
    DeletedImages deleted = new DeletedImages(database.jdbi, database.clock);
    deleted.delete("one", Actor.LAB, image -> {});

    database.clock.advance(Duration.ofHours(23));
    assertThat(retention(Map.of()).sweep().deleted()).isEqualTo(Freed.NOTHING);
    database.clock.advance(Duration.ofHours(25)); // files stay a day longer than anything else
    assertThat(retention(Map.of()).sweep().deleted())
        .isEqualTo(new Freed(1, "its own picture".length()));

    assertThat(path(picture)).doesNotExist();
    assertThat(path(shared)).exists();
    assertThat(deleted.list(9)).isEmpty();
    assertThat(database.images.known(List.of("one", "two"))).containsOnly("two");
  }

  @Test
  void a_deleted_model_and_a_deleted_dataset_go_with_their_files_when_their_day_is_over()
      throws IOException {
    Path weights = written("models/mine/compact_basemodel_n.safetensors");
    Path record = written("models/mine/compact_basemodel_n.json");
    Path other = written("models/mine/compact_basemodel_sn.safetensors");
    Path dataset = written("datasets/walls/train/brick/a.png");
    DeletedFiles deleted = new DeletedFiles(database.jdbi, database.clock);
    database.models.replaceAll(List.of(TestDatabase.model("mine-compact-n")));
    deleted.delete(
        new DeletedFiles.Thing(
            UserStorage.Kind.MODEL,
            "mine-compact-n",
            "mine",
            "models/mine/compact_basemodel_n.safetensors",
            WeightFiles.fingerprint(weights)),
        Actor.LAB,
        maker -> {});
    deleted.delete(
        new DeletedFiles.Thing(
            UserStorage.Kind.DATASET, "datasets:walls", "walls", "datasets/walls", null),
        Actor.LAB,
        maker -> {});

    database.clock.advance(Duration.ofHours(23));
    assertThat(retention(Map.of()).sweep().deleted()).isEqualTo(Freed.NOTHING);
    assertThat(List.of(weights, record, dataset)).allSatisfy(file -> assertThat(file).exists());
    database.clock.advance(Duration.ofHours(2));
    assertThat(retention(Map.of()).sweep().deleted()).isEqualTo(new Freed(2, 30));

    assertThat(List.of(weights, record)).allSatisfy(file -> assertThat(file).doesNotExist());
    assertThat(data.resolve("datasets/walls")).doesNotExist();
    assertThat(other).exists();
    assertThat(database.models.find("mine-compact-n")).isEmpty();
    assertThat(retention(Map.of()).sweep().deleted()).isEqualTo(Freed.NOTHING);
    written("models/mine/compact_basemodel_n.safetensors"); // trained anew, or from a backup
    assertThat(retention(Map.of()).sweep().deleted()).isEqualTo(Freed.NOTHING);
    assertThat(weights).exists();
  }

  @Test
  void what_was_left_unfinished_a_day_ago_goes() throws IOException {
    Path half = written("artefacts/ab/abc.bin." + UUID + ".tmp");
    Path model = written("models/tiny/compact.safetensors." + UUID + ".tmp");
    Path mine = written("models/tiny/notes.tmp"); // no name that the program gives
    Path incoming = written("datasets/.incoming-1/train/brick/a.png");
    Path active = written("datasets/.incoming-2/train/brick/a.png");
    Path dataset = written("datasets/mine/train/brick/a.png");
    age(Duration.ofDays(2));
    Path now = written("jobs/1/masks.checkpoint.safetensors." + UUID + ".tmp");
    touch(now);
    touch(active);

    Retention.Swept swept = retention(Map.of()).sweep();

    assertThat(swept.temporaries()).isEqualTo(new Freed(3, 30));
    assertThat(List.of(half, model, incoming)).allSatisfy(file -> assertThat(file).doesNotExist());
    assertThat(data.resolve("datasets/.incoming-1")).doesNotExist();
    assertThat(List.of(mine, active, dataset, now)).allSatisfy(file -> assertThat(file).exists());
  }

  @Test
  void an_age_of_zero_is_for_ever() throws IOException {
    long failed = withCheckpoint(JobState.FAILED);
    long old = job(artefact("first"), artefact("second"));
    database.end(old, JobState.SUCCEEDED);
    written("artefacts/ab/abc.bin." + UUID + ".tmp");
    age(Duration.ofDays(9000));
    database.clock.advance(Duration.ofDays(9000));

    Retention.Swept swept =
        retention(
                Map.of(
                    "fourier-masks.retention.checkpoints", "0",
                    "fourier-masks.retention.previews", "0",
                    "fourier-masks.retention.temporaries", "0"))
            .sweep();

    assertThat(swept).isEqualTo(Retention.Swept.NOTHING);
    assertThat(file(failed)).exists();
  }

  @Test
  void of_several_processes_one_sweeps() {
    Map<String, String> shared = Map.of("fourier-masks.database-url", "postgresql://db/lab");
    Retention first = retention(shared, new Worker("a", 1, true));
    Retention second = retention(shared, new Worker("b", 1, false));
    seen("b:1");
    assertThat(first.isMine()).isFalse();
    assertThat(second.isMine()).isTrue();
    seen("a:1");
    assertThat(first.isMine()).isTrue();
    assertThat(second.isMine()).isFalse();
    database.clock.advance(Duration.ofMinutes(5)); // both are silent
    seen("b:1");
    assertThat(first.isMine()).isFalse();
    assertThat(second.isMine()).isTrue();
    assertThat(retention(Map.of()).isMine()).isTrue();
  }

  private Retention retention(Map<String, String> settings) {
    return retention(settings, new Worker("host", 1, true));
  }

  private Retention retention(Map<String, String> settings, Worker worker) {
    LabConfig config = config(settings);
    return new Retention(
        config,
        database.clock,
        new DatabaseProduct(config, () -> database.jdbi),
        workers,
        worker,
        database.jobs,
        new JobFolders(config, Optional.empty()),
        new DeletedJobs(database.jdbi, database.clock, database.json),
        new DeletedImages(database.jdbi, database.clock),
        new DeletedFiles(database.jdbi, database.clock),
        new WeightFiles(config, Optional.empty()),
        new Previews(database.jdbi),
        artefacts(),
        new UserStorage(database.jdbi, config),
        new Temporaries(config));
  }

  private LabConfig config(Map<String, String> settings) {
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(LabConfig.class)
            .withDefaultValue("fourier-masks.data-dir", data.toString());
    settings.forEach(builder::withDefaultValue);
    return builder.build().getConfigMapping(LabConfig.class);
  }

  private Artefacts artefacts() {
    return new Artefacts(config(Map.of()), new DiskSpace(config(Map.of())), Optional.empty());
  }

  /** Keeps a file, long ago. */
  private String artefact(String content) throws IOException {
    String hash = artefacts().put(ArtefactType.BIN, content.getBytes(StandardCharsets.UTF_8));
    Files.setLastModifiedTime(path(hash), FileTime.from(database.clock.instant()));
    return hash;
  }

  private Path path(String hash) {
    return data.resolve("artefacts").resolve(Artefacts.name(ArtefactType.BIN, hash));
  }

  /** A running job whose previews name these artefacts. */
  private long job(String... artefacts) {
    long job = database.jobs.insert(JobSpecification.imageMasks("m", List.of("i"))).id();
    database.begin(job);
    for (int step = 0; step < artefacts.length; step++) {
      database.append(
          job,
          List.of(
              new Draft(
                  JobEvent.Kind.MASK, 0, step, "{\"mask\":\"%s\"}".formatted(artefacts[step]))));
    }
    return job;
  }

  private long withCheckpoint(JobState state) throws IOException {
    long job = database.jobs.insert(JobSpecification.imageMasks("m", List.of("i"))).id();
    if (state != JobState.QUEUED) {
      database.begin(job);
      database.end(job, state);
    }
    checkpoint(job);
    return job;
  }

  private Path checkpoint(long job) throws IOException {
    return written("jobs/%d/masks.checkpoint.safetensors".formatted(job));
  }

  private Path file(long job) {
    return data.resolve("jobs/%d/masks.checkpoint.safetensors".formatted(job));
  }

  private Path written(String name) throws IOException {
    Path file = data.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[10]);
    return file;
  }

  /** Makes all files and folders as old as that. */
  private void age(Duration age) throws IOException {
    Instant then = database.clock.instant().minus(age);
    try (Stream<Path> all = Files.walk(data)) {
      for (Path file : all.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(then));
      }
    }
  }

  private void touch(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(database.clock.instant()));
  }

  private void seen(String process) {
    workers.seen(
        new WorkerState(
            process,
            "host",
            null,
            "1",
            true,
            TestDatabase.START,
            database.clock.instant(),
            null,
            null));
  }
}
