package io.fouriermasks.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fouriermasks.store.EndReason;
import io.fouriermasks.store.Image;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobEvent;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.Lease;
import io.fouriermasks.store.Mask;
import io.fouriermasks.store.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of the first release, brought to today's schema. */
class FirstReleaseStoreTest {

  @TempDir Path folder;

  private TestDatabase database;

  @BeforeEach
  void migrate() {
    FirstRelease.unpack(folder);
    database = new TestDatabase("jdbc:h2:file:" + folder.resolve("lab"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void the_jobs_have_their_states_times_and_specifications() {
    Job succeeded = database.jobs.get(1);
    assertThat(succeeded.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(succeeded.model()).isEqualTo("surfaces-compact-n");
    assertThat(succeeded.createdAt()).isEqualTo(Instant.parse("2026-11-25T09:49:46.454Z"));
    assertThat(succeeded.finishedAt()).isEqualTo(Instant.parse("2026-11-25T09:49:50.127Z"));
    assertThat(succeeded.specification())
        .isInstanceOfSatisfying(
            JobSpecification.ImageMasks.class,
            asked -> {
              assertThat(asked.images()).containsExactly(FirstRelease.GRASS, FirstRelease.SAND);
              assertThat(asked.maxSteps()).isEqualTo(120);
              assertThat(asked.seed()).isEqualTo(31);
            });
    Job cancelled = database.jobs.get(2);
    assertThat(cancelled.state()).isEqualTo(JobState.CANCELLED);
    assertThat(cancelled.reason()).isEqualTo(EndReason.CANCELLED);
  }

  @Test
  void the_masks_have_their_measures() {
    List<Mask> masks = database.masks.ofJobs(List.of(1L));
    assertThat(masks).hasSize(2);
    assertThat(masks.get(0).result())
        .isInstanceOfSatisfying(
            Mask.ImageResult.class,
            result -> {
              assertThat(result.sparsity()).isEqualTo(0.12102000834005366);
              assertThat(result.invariance()).isEqualTo(8.280374234901838E-5);
              assertThat(result.steps()).isEqualTo(120);
              assertThat(result.predictionKept()).isTrue();
            });
  }

  @Test
  void the_curves_the_images_and_the_predictions_are_there() {
    assertThat(database.events.after(1, 0, 1000))
        .filteredOn(event -> event.kind() == JobEvent.Kind.POINT)
        .hasSize(240);
    assertThat(database.events.after(2, 0, 1000))
        .filteredOn(event -> event.kind() == JobEvent.Kind.POINT)
        .hasSize(81);
    assertThat(database.images.get(FirstRelease.GRASS))
        .returns("new_alpine_grass_c_0_0_256.jpg", Image::name)
        .returns(128, Image::width);
    assertThat(database.models.get("imagenette5-compact-n").accuracy())
        .isEqualTo(0.818, within(1e-9));
  }

  @Test
  void a_new_job_gets_the_next_number_and_can_be_worked_on() {
    Job next =
        database.jobs.insert(
            JobSpecification.imageMasks("surfaces-compact-n", List.of(FirstRelease.SAND)));
    assertThat(next.id()).isEqualTo(3);
    assertThat(database.begin(3).lease()).isEqualTo(new Lease(3, 1));
  }
}
