package io.fouriermasks.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fouriermasks.store.JobEvent.Draft;
import io.fouriermasks.store.JobEvent.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** On every database that the lab runs on. */
@ParameterizedClass
@EnumSource(TestDatabase.Product.class)
class PreviewsTest {

  private final TestDatabase database;
  private final Previews previews;

  PreviewsTest(TestDatabase.Product product) {
    database = product.open();
    previews = new Previews(database.jdbi);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void the_newest_of_each_image_stays() {
    long job = ended(preview(0, 1, "1"), preview(1, 1, "2"), preview(0, 5, "3"), point(0, 6));

    Previews.Removed removed = previews.remove(job);

    assertThat(removed).isEqualTo(new Previews.Removed(1, Set.of(hash("1"), "1".repeat(64))));
    assertThat(database.events.ofKind(job, Kind.MASK, null, JobEvents.Steps.ALL, Long.MAX_VALUE))
        .extracting(JobEvent::step)
        .containsExactly(1, 5);
    assertThat(database.events.ofKind(job, Kind.POINT, null, JobEvents.Steps.ALL, Long.MAX_VALUE))
        .hasSize(1);
    assertThat(previews.removed(job)).isEqualTo(1);
    assertThat(previews.remove(job)).isEqualTo(new Previews.Removed(0, Set.of()));
  }

  @Test
  void the_newest_of_the_only_mask_stays() {
    long job = ended(preview(null, 1, "1"), preview(null, 2, "2"), preview(null, 3, "3"));
    assertThat(previews.remove(job).previews()).isEqualTo(2);
    assertThat(previews.removed(job)).isEqualTo(2);
  }

  @Test
  void only_jobs_that_ended_before_the_time_and_have_more_than_the_newest_are_looked_at() {
    long old = ended(preview(0, 1, "1"), preview(0, 2, "2"));
    long single = ended(preview(0, 1, "3"), preview(1, 1, "4"));
    long paused = running(preview(0, 1, "5"), preview(0, 2, "6"));
    database.end(paused, JobState.PAUSED);
    running(preview(0, 1, "7"), preview(0, 2, "8"));
    database.clock.advance(java.time.Duration.ofDays(1));
    Instant later = database.clock.instant();
    ended(preview(0, 1, "9"), preview(0, 2, "a"));

    assertThat(previews.removable(later)).containsExactly(old);
    previews.remove(old);
    assertThat(previews.removable(later)).isEmpty();
    assertThat(previews.removed(single)).isZero();
  }

  @Test
  void an_artefact_that_another_row_names_is_not_unnamed() {
    ended(preview(0, 1, "1"));
    database.image("i"); // names a... and b...
    Set<String> artefacts =
        Set.of(hash("1"), "1".repeat(64), "a".repeat(64), "b".repeat(64), "c".repeat(64));
    assertThat(previews.unnamed(artefacts)).containsExactly("c".repeat(64));
  }

  /** Whoever adds a column for an artefact learns here that {@link Previews} must read it. */
  @Test
  void every_column_that_can_name_an_artefact_is_known() {
    List<String> columns =
        database.jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select lower(table_name) || '.' || lower(column_name)"
                            + " from information_schema.columns"
                            + " where character_maximum_length = 64"
                            + " and lower(table_schema) = 'public' order by 1")
                    .mapTo(String.class)
                    .list());
    assertThat(columns)
        .containsExactlyInAnyOrder(
            "image.picture",
            "image.input",
            "mask.archive",
            "mask.plane",
            "mask.masked",
            "mask.input",
            "mask.source", // of a file outside
            "heat_map.archive",
            "heat_map.plane",
            "lab_user.token"); // SHA-256 of a token
  }

  private long ended(Draft... drafts) {
    long job = running(drafts);
    database.end(job, JobState.SUCCEEDED);
    return job;
  }

  private long running(Draft... drafts) {
    long job = database.jobs.insert(JobSpecification.imageMasks("m", List.of("i", "j"))).id();
    database.begin(job);
    database.append(job, List.of(drafts));
    return job;
  }

  /** A preview that names two artefacts. */
  private static Draft preview(Integer image, int step, String digit) {
    return new Draft(
        Kind.MASK,
        image,
        step,
        "{\"sparsity\":0.5,\"mask\":\"%s\",\"masked\":\"%s\"}"
            .formatted(hash(digit), digit.repeat(64)));
  }

  private static String hash(String digit) {
    return "0".repeat(63) + digit;
  }

  private static Draft point(int image, int step) {
    return new Draft(Kind.POINT, image, step, "{\"sparsity\":0.5}");
  }
}
