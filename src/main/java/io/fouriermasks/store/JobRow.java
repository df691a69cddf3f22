package io.fouriermasks.store;

import static io.fouriermasks.store.Database.instant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** How a job is kept: a row, and an event for every state that it was in. */
final class JobRow {

  private final ObjectMapper json;

  JobRow(ObjectMapper json) {
    this.json = json;
  }

  /** What a job's state event keeps of it: all that can change. */
  record Status(
      JobState state,
      EndReason reason,
      String error,
      Instant startedAt,
      Instant finishedAt,
      String worker,
      long begun) {

    private static Status of(Job job) {
      return new Status(
          job.state(),
          job.reason(),
          job.error(),
          job.startedAt(),
          job.finishedAt(),
          job.worker(),
          job.begun());
    }

    /** The job as it was when this was so. */
    Job then(Job job) {
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
          finishedAt,
          worker,
          begun,
          job.createdBy());
    }
  }

  Job read(ResultSet row, StatementContext context) throws SQLException {
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
        instant(row, "finished_at"),
        row.getString("worker"),
        row.getLong("lease"),
        row.getString("created_by"));
  }

  Optional<Job> find(Handle handle, long id) {
    return handle
        .createQuery("select * from job where id = :id and deleted_at is null")
        .bind("id", id)
        .map(this::read)
        .findOne();
  }

  /** Logs the state that a job is in now. */
  void log(Handle handle, Clock clock, Job job) {
    JobEvents.append(
        handle,
        clock,
        job.id(),
        List.of(new JobEvent.Draft(JobEvent.Kind.STATE, null, null, write(Status.of(job)))));
  }

  <T> T read(String text, Class<T> type) {
    try {
      return json.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
