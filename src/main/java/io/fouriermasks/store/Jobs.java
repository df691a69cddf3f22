package io.fouriermasks.store;

import static io.fouriermasks.store.Database.instant;
import static io.fouriermasks.store.Database.time;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** The jobs. Every change of state is logged in the same transaction. */
@Singleton
public class Jobs {

  private static final int MAX_ERROR_LENGTH = 2000;

  private final Jdbi jdbi;
  private final Clock clock;
  private final ObjectMapper json;

  public Jobs(Jdbi jdbi, Clock clock, ObjectMapper json) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.json = json;
  }

  /** What a job's state event keeps of it: all that can change. */
  private record Status(
      JobState state, EndReason reason, String error, Instant startedAt, Instant finishedAt) {

    Job of(Job job) {
      return new Job(
          job.id(),
          state,
          reason,
          error,
          job.specification(),
          job.model(),
          job.study(),
          job.createdAt(),
          startedAt,
          finishedAt);
    }
  }

  /** Stores a new job that looks at a network, {@link JobState#QUEUED}. */
  public Job insert(JobSpecification specification) {
    return insert(specification, specification.model());
  }

  /**
   * Stores a new job, {@link JobState#QUEUED}.
   *
   * @param model id of the network that it looks at or makes
   */
  public Job insert(JobSpecification specification, String model) {
    return jdbi.inTransaction(handle -> insert(handle, specification, model, null));
  }

  Job insert(Handle handle, JobSpecification specification, String model, Long study) {
    Instant now = clock.instant();
    long id =
        handle
            .createUpdate(
                "insert into job (state, kind, model_id, study_id, specification, names, created_at)"
                    + " values (:state, :kind, :model, :study, :specification, :names, :now)")
            .bind("names", JobNames.of(handle, specification, model, study))
            .bind("state", JobState.QUEUED.name())
            .bind("kind", specification.kind().name())
            .bind("model", model)
            .bind("study", study)
            .bind("specification", write(specification))
            .bind("now", time(now))
            .executeAndReturnGeneratedKeys("id")
            .mapTo(long.class)
            .one();
    Job job =
        new Job(id, JobState.QUEUED, null, null, specification, model, study, now, null, null);
    logStatus(handle, job);
    return job;
  }

  /** All jobs of some studies, in the order in which they were stored. */
  List<Job> ofStudies(Handle handle, List<Long> studies) {
    return handle
        .createQuery("select * from job where study_id in (<studies>) order by id")
        .bindList("studies", studies)
        .map(this::job)
        .list();
  }

  public Optional<Job> find(long id) {
    return jdbi.withHandle(handle -> find(handle, id, ""));
  }

  /**
   * The job.
   *
   * @throws UnknownIdException if there is none
   */
  public Job get(long id) {
    return find(id).orElseThrow(() -> new UnknownIdException("job", id));
  }

  /**
   * The job as it was after its event number {@code seq}.
   *
   * @throws UnknownIdException if there is none
   */
  public Job asOf(long id, long seq) {
    return jdbi.withHandle(
        handle -> {
          Job job = find(handle, id, "").orElseThrow(() -> new UnknownIdException("job", id));
          return handle
              .createQuery(
                  "select data from job_event where job_id = :id and kind = :kind"
                      + " and seq <= :seq order by seq desc limit 1")
              .bind("id", id)
              .bind("kind", JobEvent.Kind.STATE.column())
              .bind("seq", seq)
              .mapTo(String.class)
              .findOne()
              .map(data -> read(data, Status.class).of(job))
              .orElse(job);
        });
  }

  /** Which jobs are wanted; a null is any. */
  public record Filter(JobState state, JobSpecification.Kind kind, String model, Long study) {
    public static final Filter ALL = new Filter(null, null, null, null);

    public static Filter ofState(JobState state) {
      return new Filter(state, null, null, null);
    }
  }

  /** Jobs with smaller ids than {@code before}, newest first. */
  public Page<Job> list(Filter filter, long before, int limit) {
    Map<String, Object> wanted = new LinkedHashMap<>();
    StringBuilder where = new StringBuilder("id < :before");
    if (filter.state() != null) {
      where.append(" and state = :state");
      wanted.put("state", filter.state().name());
    }
    if (filter.kind() != null) {
      where.append(" and kind = :kind");
      wanted.put("kind", filter.kind().name());
    }
    if (filter.model() != null) {
      where.append(" and model_id = :model");
      wanted.put("model", filter.model());
    }
    if (filter.study() != null) {
      where.append(" and study_id = :study");
      wanted.put("study", filter.study());
    }
    return jdbi.withHandle(
        handle ->
            Page.of(
                handle
                    .createQuery(
                        "select * from job where " + where + " order by id desc limit :limit")
                    .bind("before", before)
                    .bind("limit", limit + 1)
                    .bindMap(wanted)
                    .map(this::job)
                    .list(),
                limit,
                Job::id));
  }

  /** Those of the jobs that there are, in no order. */
  public List<Job> all(Collection<Long> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from job where id in (<ids>)")
                .bindList("ids", List.copyOf(ids))
                .map(this::job)
                .list());
  }

  /** All jobs in a state, oldest first. */
  public List<Job> inState(JobState state) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from job where state = :state order by id")
                .bind("state", state.name())
                .map(this::job)
                .list());
  }

  /** How many jobs are in each of the states in which some are. */
  public Map<JobState, Long> counts() {
    Map<JobState, Long> counts = new EnumMap<>(JobState.class);
    jdbi.useHandle(
        handle ->
            handle
                .createQuery("select state, count(*) as jobs from job group by state")
                .map((row, context) -> Map.entry(row.getString("state"), row.getLong("jobs")))
                .forEach(entry -> counts.put(JobState.valueOf(entry.getKey()), entry.getValue())));
    return counts;
  }

  /** Changes a job's state. */
  public Job change(long id, JobState next) {
    return change(id, next, null, null);
  }

  /**
   * Changes a job's state.
   *
   * @param reason why it ends without success, or null
   * @param error what went wrong, for the user, or null
   * @throws UnknownIdException if there is no such job
   * @throws IllegalTransitionException if the job is not in a state from which that is possible
   */
  public Job change(long id, JobState next, EndReason reason, String error) {
    return jdbi.inTransaction(handle -> change(handle, id, next, reason, error));
  }

  /**
   * Runs {@code decision} on the job while nobody else can change it. If it names a state, the job
   * changes to it.
   *
   * @return the job afterwards
   */
  public Job decide(long id, Decision decision) {
    return jdbi.inTransaction(
        handle -> {
          Job job = locked(handle, id);
          Optional<JobState> next = decision.next(job);
          return next.isEmpty()
              ? job
              : change(
                  handle,
                  id,
                  next.get(),
                  next.get() == JobState.CANCELLED ? EndReason.CANCELLED : null,
                  null);
        });
  }

  /** What becomes of a locked job; empty leaves it as it is. */
  @FunctionalInterface
  public interface Decision {
    Optional<JobState> next(Job job);
  }

  private Job change(Handle handle, long id, JobState next, EndReason reason, String error) {
    Job job = locked(handle, id);
    if (!job.state().mayBecome(next)) {
      throw new IllegalTransitionException(id, job.state(), next);
    }
    Instant now = clock.instant();
    String shown =
        error == null || error.length() <= MAX_ERROR_LENGTH
            ? error
            : error.substring(0, MAX_ERROR_LENGTH);
    boolean starts = next == JobState.RUNNING && job.startedAt() == null;
    Job changed =
        new Job(
            id,
            next,
            reason,
            shown,
            job.specification(),
            job.model(),
            job.study(),
            job.createdAt(),
            starts ? now : job.startedAt(),
            next.isFinal() ? now : null);
    handle
        .createUpdate(
            "update job set state = :state, reason = :reason, error = :error,"
                + " started_at = :started, finished_at = :finished, seconds = :seconds"
                + " where id = :id")
        .bind("seconds", seconds(changed))
        .bind("state", changed.state().name())
        .bind("reason", reason == null ? null : reason.name())
        .bind("error", changed.error())
        .bind("started", time(changed.startedAt()))
        .bind("finished", time(changed.finishedAt()))
        .bind("id", id)
        .execute();
    logStatus(handle, changed);
    return changed;
  }

  private static Double seconds(Job job) {
    return job.startedAt() == null || job.finishedAt() == null
        ? null
        : Duration.between(job.startedAt(), job.finishedAt()).toMillis() / 1e3;
  }

  private Job locked(Handle handle, long id) {
    return find(handle, id, " for update").orElseThrow(() -> new UnknownIdException("job", id));
  }

  private Optional<Job> find(Handle handle, long id, String lock) {
    return handle
        .createQuery("select * from job where id = :id" + lock)
        .bind("id", id)
        .map(this::job)
        .findOne();
  }

  private void logStatus(Handle handle, Job job) {
    Status status =
        new Status(job.state(), job.reason(), job.error(), job.startedAt(), job.finishedAt());
    JobEvents.append(
        handle,
        clock,
        job.id(),
        List.of(new JobEvent.Draft(JobEvent.Kind.STATE, null, null, write(status))));
  }

  private Job job(ResultSet row, StatementContext context) throws SQLException {
    String reason = row.getString("reason");
    return new Job(
        row.getLong("id"),
        JobState.valueOf(row.getString("state")),
        reason == null ? null : EndReason.valueOf(reason),
        row.getString("error"),
        read(row.getString("specification"), JobSpecification.class),
        row.getString("model_id"),
        Database.whole(row, "study_id"),
        instant(row, "created_at"),
        instant(row, "started_at"),
        instant(row, "finished_at"));
  }

  private <T> T read(String text, Class<T> type) {
    try {
      return json.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
