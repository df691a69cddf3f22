package io.fouriermasks.store;

import static io.fouriermasks.store.Database.instant;
import static io.fouriermasks.store.Database.time;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Jobs that were started together. */
@Singleton
public class Studies {

  private final Jdbi jdbi;
  private final Clock clock;
  private final Jobs jobs;
  private final ObjectMapper json;

  public Studies(Jdbi jdbi, Clock clock, Jobs jobs, ObjectMapper json) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.jobs = jobs;
    this.json = json;
  }

  /**
   * A job of a study that is to be stored.
   *
   * @param specification complete
   * @param model id of the network that it looks at or makes
   */
  public record Draft(JobSpecification specification, String model) {}

  private record Row(long id, String name, Instant createdAt) {}

  /** Stores a study and its jobs, all or none; the jobs are {@link JobState#QUEUED}. */
  public Study insert(String name, List<Draft> drafts) {
    return jdbi.inTransaction(
        handle -> {
          Instant now = clock.instant();
          long id =
              handle
                  .createUpdate(
                      "insert into study (name, specification, created_at)"
                          + " values (:name, :specification, :now)")
                  .bind("name", name)
                  .bind("specification", write(drafts.stream().map(Draft::specification).toList()))
                  .bind("now", time(now))
                  .executeAndReturnGeneratedKeys("id")
                  .mapTo(long.class)
                  .one();
          List<Job> stored = new ArrayList<>();
          for (Draft draft : drafts) {
            stored.add(jobs.insert(handle, draft.specification(), draft.model(), id));
          }
          return new Study(id, name, now, stored);
        });
  }

  /** The study with its jobs as they are now. */
  public Optional<Study> find(long id) {
    return jdbi.withHandle(
        handle ->
            rows(handle, "where id = :id", Map.of("id", id)).stream()
                .findFirst()
                .map(row -> withJobs(handle, List.of(row)).get(0)));
  }

  /**
   * The study.
   *
   * @throws UnknownIdException if there is none
   */
  public Study get(long id) {
    return find(id).orElseThrow(() -> new UnknownIdException("study", id));
  }

  /** Studies with smaller ids than {@code before}, newest first. */
  public Page<Study> list(long before, int limit) {
    return jdbi.withHandle(
        handle -> {
          Map<String, Object> wanted = Map.of("before", before, "limit", limit + 1);
          List<Row> rows = rows(handle, "where id < :before order by id desc limit :limit", wanted);
          return Page.of(withJobs(handle, rows), limit, Study::id);
        });
  }

  private static List<Row> rows(Handle handle, String where, Map<String, Object> wanted) {
    return handle
        .createQuery("select id, name, created_at from study " + where)
        .bindMap(wanted)
        .map(
            (row, context) ->
                new Row(row.getLong("id"), row.getString("name"), instant(row, "created_at")))
        .list();
  }

  private List<Study> withJobs(Handle handle, List<Row> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    Map<Long, List<Job>> byStudy =
        jobs.ofStudies(handle, rows.stream().map(Row::id).toList()).stream()
            .collect(Collectors.groupingBy(Job::study));
    return rows.stream()
        .map(
            row ->
                new Study(
                    row.id(),
                    row.name(),
                    row.createdAt(),
                    byStudy.getOrDefault(row.id(), List.of())))
        .toList();
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
