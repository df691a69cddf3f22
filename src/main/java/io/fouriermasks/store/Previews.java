package io.fouriermasks.store;

import static io.fouriermasks.store.Database.time;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** The removal of masks on their way, of which each job that has ended keeps the newest. */
@Singleton
public class Previews {

  private static final Pattern HASH = Pattern.compile("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])");

  /** All that names artefacts. */
  private static final List<String> NAMES =
      List.of(
          "select picture, input from image",
          "select archive, plane, masked, input from mask",
          "select archive, plane from heat_map",
          "select data from job_event where kind = '%s'".formatted(JobEvent.Kind.MASK.column()));

  private static final List<String> FINAL =
      Stream.of(JobState.values()).filter(JobState::isFinal).map(JobState::name).toList();

  private static final int ROWS_AT_ONCE = 1000;

  private final Jdbi jdbi;

  public Previews(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Jobs that have ended before a time and still have more than the newest, oldest first. */
  public List<Long> removable(Instant endedBefore) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select distinct job.id from job join job_event e on e.job_id = job.id"
                        + " where job.state in (<final>) and job.finished_at < :before"
                        + " and e.kind = :kind and exists (select 1 from job_event newer"
                        + " where newer.job_id = e.job_id and newer.kind = :kind"
                        + " and newer.seq > e.seq"
                        + " and newer.image is not distinct from e.image) order by job.id")
                .bindList("final", FINAL)
                .bind("before", time(endedBefore))
                .bind("kind", JobEvent.Kind.MASK.column())
                .mapTo(long.class)
                .list());
  }

  /**
   * What was removed of a job.
   *
   * @param previews how many
   * @param artefacts that they named; others may name them too
   */
  public record Removed(int previews, Set<String> artefacts) {}

  /** Removes those of a job, but for the newest of each image or class. */
  public Removed remove(long job) {
    return jdbi.inTransaction(
        handle -> {
          JobEvents.lock(handle, job);
          List<Long> newest =
              handle
                  .createQuery(
                      "select max(seq) from job_event where job_id = :job and kind = :kind"
                          + " group by image")
                  .bind("job", job)
                  .bind("kind", JobEvent.Kind.MASK.column())
                  .mapTo(long.class)
                  .list();
          if (newest.isEmpty()) {
            return new Removed(0, Set.of());
          }
          String older =
              " from job_event where job_id = :job and kind = :kind and seq not in (<newest>)";
          Set<String> artefacts = new HashSet<>();
          handle
              .createQuery("select data" + older)
              .bind("job", job)
              .bind("kind", JobEvent.Kind.MASK.column())
              .bindList("newest", newest)
              .mapTo(String.class)
              .forEach(
                  data ->
                      HASH.matcher(data).results().forEach(hash -> artefacts.add(hash.group())));
          int previews =
              handle
                  .createUpdate("delete" + older)
                  .bind("job", job)
                  .bind("kind", JobEvent.Kind.MASK.column())
                  .bindList("newest", newest)
                  .execute();
          return new Removed(previews, artefacts);
        });
  }

  /** All that the rows of a job name: its masks, heat maps and what it showed on its way. */
  static Set<String> artefactsOf(Handle handle, long job) {
    Set<String> artefacts = new HashSet<>();
    for (String names :
        List.of(
            "select archive, plane, masked, input from mask where job_id = :job",
            "select archive, plane from heat_map where job_id = :job",
            "select data from job_event where job_id = :job and kind = :kind")) {
      handle
          .createQuery(names)
          .bindMap(Map.of("job", job, "kind", JobEvent.Kind.MASK.column()))
          .map(Previews::hashes)
          .forEach(artefacts::addAll);
    }
    return artefacts;
  }

  /** What a row names, in all its columns. */
  private static Set<String> hashes(ResultSet row, StatementContext context) throws SQLException {
    Set<String> hashes = new HashSet<>();
    for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
      String text = row.getString(column);
      HASH.matcher(text == null ? "" : text).results().forEach(hash -> hashes.add(hash.group()));
    }
    return hashes;
  }

  /** How many were removed of a job. */
  public long removed(long job) {
    return jdbi.withHandle(
        handle ->
            handle
                // events are numbered without gaps
                .createQuery(
                    "select coalesce(max(seq), 0) - count(*) from job_event where job_id = :job")
                .bind("job", job)
                .mapTo(long.class)
                .one());
  }

  /** Those of the artefacts that no row names. */
  public Set<String> unnamed(Set<String> artefacts) {
    Set<String> unnamed = new HashSet<>(artefacts);
    // a transaction: without one PostgreSQL's driver reads all rows at once
    jdbi.useTransaction(handle -> NAMES.forEach(names -> withdraw(handle, names, unnamed)));
    return unnamed;
  }

  private static void withdraw(Handle handle, String names, Set<String> from) {
    if (from.isEmpty()) {
      return;
    }
    handle
        .createQuery(names)
        .setFetchSize(ROWS_AT_ONCE)
        .map(Previews::hashes)
        .forEach(from::removeAll);
  }
}
