package io.fouriermasks.store;

import static io.fouriermasks.store.Database.instant;
import static io.fouriermasks.store.Database.time;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.store.AuditEntry.Action;
import io.fouriermasks.store.AuditLog.Deed;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Jobs that belong together: those that a study has started, and earlier ones it has use for. */
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

  /** A job of a study that is to be stored. */
  public sealed interface Entry {}

  /**
   * A new job.
   *
   * @param specification complete
   * @param model id of the network that it looks at or makes
   * @param needs place in the study of the job that must have succeeded before, or null
   */
  public record Draft(JobSpecification specification, String model, Integer needs)
      implements Entry {}

  /**
   * A job that there is already.
   *
   * @param job its id
   */
  public record Known(long job) implements Entry {}

  private record Row(long id, String name, Instant createdAt, String createdBy) {}

  /** Stores a study of somebody who may have any number of jobs. */
  public Study insert(String name, Object request, List<Entry> entries, Actor by) {
    return insert(name, request, entries, by, 0);
  }

  /**
   * Stores a study and its new jobs, all or none; these are {@link JobState#QUEUED}.
   *
   * @param request what was asked for, so that it can be asked for again
   * @param by who submits it
   * @param entries in an order in which every job comes after what it needs
   * @param most jobs of theirs that may be unfinished, the new ones among them; 0 is any number
   * @throws UnknownIdException if a known job is not there
   * @throws TooManyJobsException if they would have more
   */
  public Study insert(String name, Object request, List<Entry> entries, Actor by, int most) {
    int drafts = (int) entries.stream().filter(Draft.class::isInstance).count();
    long study =
        jdbi.inTransaction(
            handle -> {
              UnfinishedJobs.require(handle, by, drafts, most);
              long id =
                  handle
                      .createUpdate(
                          "insert into study (name, specification, created_at, created_by)"
                              + " values (:name, :specification, :now, :by)")
                      .bind("by", by.asMaker())
                      .bind("name", name)
                      .bind("specification", write(request))
                      .bind("now", time(clock.instant()))
                      .executeAndReturnGeneratedKeys("id")
                      .mapTo(long.class)
                      .one();
              List<Long> ids = new ArrayList<>();
              for (Entry entry : entries) {
                ids.add(insert(handle, id, ids, entry, by));
              }
              String detail = "%s, %d jobs".formatted(name, entries.size());
              AuditLog.append(
                  handle, clock, new Deed(by, Action.STUDY_START, "study " + id, detail));
              return id;
            });
    return get(study);
  }

  private long insert(Handle handle, long study, List<Long> before, Entry entry, Actor by) {
    long job =
        entry instanceof Draft draft
            ? insert(handle, study, before, draft, by)
            : jobs.existing(handle, ((Known) entry).job());
    handle
        .createUpdate(
            "insert into study_job (study_id, position, job_id) values (:study, :position, :job)")
        .bind("study", study)
        .bind("position", before.size())
        .bind("job", job)
        .execute();
    return job;
  }

  private long insert(Handle handle, long study, List<Long> before, Draft draft, Actor by) {
    long job = jobs.insert(handle, draft.specification(), draft.model(), study, by).id();
    if (draft.needs() != null) {
      Dependencies.insert(handle, job, before.get(draft.needs()));
    }
    return job;
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

  /**
   * What was asked for, as JSON.
   *
   * @throws UnknownIdException if there is no such study
   */
  public String specification(long id) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createQuery("select specification from study where id = :id")
                    .bind("id", id)
                    .mapTo(String.class)
                    .findOne())
        .orElseThrow(() -> new UnknownIdException("study", id));
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
        .createQuery("select id, name, created_at, created_by from study " + where)
        .bindMap(wanted)
        .map(
            (row, context) ->
                new Row(
                    row.getLong("id"),
                    row.getString("name"),
                    instant(row, "created_at"),
                    row.getString("created_by")))
        .list();
  }

  private List<Study> withJobs(Handle handle, List<Row> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    Map<Long, List<Job>> byStudy = jobs.ofStudies(handle, rows.stream().map(Row::id).toList());
    return rows.stream()
        .map(
            row ->
                new Study(
                    row.id(),
                    row.name(),
                    row.createdAt(),
                    row.createdBy(),
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
