package io.fouriermasks.store;

import static io.fouriermasks.store.Database.time;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.store.AuditEntry.Action;
import io.fouriermasks.store.AuditLog.Deed;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The jobs; what becomes of them is with {@link JobStates}. */
@Singleton
public class Jobs {

  private final Jdbi jdbi;
  private final Clock clock;
  private final JobRow rows;

  public Jobs(Jdbi jdbi, Clock clock, ObjectMapper json) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.rows = new JobRow(json);
  }

  /** Stores a new job of the program itself that looks at a network, {@link JobState#QUEUED}. */
  public Job insert(JobSpecification specification) {
    return insert(specification, specification.model(), Actor.LAB);
  }

  /** Stores a new job of somebody who may have any number of them. */
  public Job insert(JobSpecification specification, String model, Actor by) {
    return insert(specification, model, by, 0);
  }

  /**
   * Stores a new job, {@link JobState#QUEUED}.
   *
   * @param model id of the network that it looks at or makes
   * @param by who submits it
   * @param most jobs of theirs that may be unfinished, this one among them; 0 is any number
   * @throws TooManyJobsException if there are so many already
   */
  public Job insert(JobSpecification specification, String model, Actor by, int most) {
    return jdbi.inTransaction(
        handle -> {
          UnfinishedJobs.require(handle, by, 1, most);
          Job job = insert(handle, specification, model, null, by);
          String kind = specification.kind().urlName();
          AuditLog.append(handle, clock, new Deed(by, Action.JOB_START, "job " + job.id(), kind));
          return job;
        });
  }

  Job insert(Handle handle, JobSpecification specification, String model, Long study, Actor by) {
    Instant now = clock.instant();
    long id =
        handle
            .createUpdate(
                "insert into job (state, kind, model_id, study_id, specification, names, created_at,"
                    + " created_by) values (:state, :kind, :model, :study, :specification, :names, :now,"
                    + " :by)")
            .bind("by", by.asMaker())
            .bind("names", JobNames.of(handle, specification, model, study))
            .bind("state", JobState.QUEUED.name())
            .bind("kind", specification.kind().name())
            .bind("model", model)
            .bind("study", study)
            .bind("specification", rows.write(specification))
            .bind("now", time(now))
            .executeAndReturnGeneratedKeys("id")
            .mapTo(long.class)
            .one();
    Job job =
        new Job(
            id,
            JobState.QUEUED,
            null,
            null,
            specification,
            model,
            study,
            now,
            null,
            null,
            null,
            0,
            by.asMaker());
    rows.log(handle, clock, job);
    return job;
  }

  /** The id of a job that there is; fails if there is none. */
  long existing(Handle handle, long id) {
    return rows.find(handle, id).orElseThrow(() -> new UnknownIdException("job", id)).id();
  }

  /** All jobs of some studies, by study, in their order there. */
  Map<Long, List<Job>> ofStudies(Handle handle, List<Long> studies) {
    Map<Long, List<Job>> byStudy = new LinkedHashMap<>();
    handle
        .createQuery(
            "select job.*, m.study_id as of_study from study_job m join job on job.id = m.job_id"
                + " where m.study_id in (<studies>) and job.deleted_at is null order by m.study_id, m.position")
        .bindList("studies", studies)
        .map((row, context) -> Map.entry(row.getLong("of_study"), rows.read(row, context)))
        .forEach(
            entry ->
                byStudy
                    .computeIfAbsent(entry.getKey(), study -> new ArrayList<>())
                    .add(entry.getValue()));
    return byStudy;
  }

  /** Jobs of a kind that look at or make a network, newest first. */
  public List<Job> of(JobSpecification.Kind kind, String model) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select * from job where kind = :kind and model_id = :model"
                        + " and deleted_at is null order by id desc")
                .bind("kind", kind.name())
                .bind("model", model)
                .map(rows::read)
                .list());
  }

  public Optional<Job> find(long id) {
    return jdbi.withHandle(handle -> rows.find(handle, id));
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
          Job job = rows.find(handle, id).orElseThrow(() -> new UnknownIdException("job", id));
          return handle
              .createQuery(
                  "select data from job_event where job_id = :id and kind = :kind"
                      + " and seq <= :seq order by seq desc limit 1")
              .bind("id", id)
              .bind("kind", JobEvent.Kind.STATE.column())
              .bind("seq", seq)
              .mapTo(String.class)
              .findOne()
              .map(data -> rows.read(data, JobRow.Status.class).then(job))
              .orElse(job);
        });
  }

  /**
   * A job as it was from some time on.
   *
   * @param at when it came into that state
   */
  public record Moment(Instant at, Job job) {}

  /**
   * Every state that the job was in, in their order.
   *
   * @throws UnknownIdException if there is none
   */
  public List<Moment> history(long id) {
    return jdbi.withHandle(
        handle -> {
          Job job = rows.find(handle, id).orElseThrow(() -> new UnknownIdException("job", id));
          return handle
              .createQuery(
                  "select at, data from job_event where job_id = :id and kind = :kind order by seq")
              .bind("id", id)
              .bind("kind", JobEvent.Kind.STATE.column())
              .map(
                  (row, context) ->
                      new Moment(
                          Database.instant(row, "at"),
                          rows.read(row.getString("data"), JobRow.Status.class).then(job)))
              .list();
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
    StringBuilder where = new StringBuilder("id < :before and deleted_at is null");
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
      where.append(" and id in (select job_id from study_job where study_id = :study)");
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
                    .map(rows::read)
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
                .createQuery("select * from job where id in (<ids>) and deleted_at is null")
                .bindList("ids", List.copyOf(ids))
                .map(rows::read)
                .list());
  }

  /** All jobs in a state, oldest first. */
  public List<Job> inState(JobState state) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from job where state = :state order by id")
                .bind("state", state.name())
                .map(rows::read)
                .list());
  }

  /** How many jobs that have not ended somebody has, by their names; who has none is left out. */
  public Map<String, Long> unfinishedByMaker() {
    return jdbi.withHandle(UnfinishedJobs::byMaker);
  }

  /** How many jobs of somebody have not ended; none where all are one. */
  public long unfinished(Actor of) {
    return of.asMaker() == null
        ? 0
        : jdbi.withHandle(handle -> UnfinishedJobs.of(handle, of.name()).total());
  }

  /** How many jobs are in each of the states in which some are. */
  public Map<JobState, Long> counts() {
    Map<JobState, Long> counts = new EnumMap<>(JobState.class);
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(
                    "select state, count(*) as jobs from job"
                        + " where deleted_at is null group by state")
                .map((row, context) -> Map.entry(row.getString("state"), row.getLong("jobs")))
                .forEach(entry -> counts.put(JobState.valueOf(entry.getKey()), entry.getValue())));
    return counts;
  }
}
