package io.fouriermasks.store;

import static io.fouriermasks.store.Database.instant;
import static io.fouriermasks.store.Database.time;
import static io.fouriermasks.store.Database.whole;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** The processes that share a lab, each with what it does now. */
@Singleton
public class Workers {

  /** Who was silent for longer is gone, or cannot reach the database. */
  public static final Duration SILENCE = Duration.ofSeconds(15);

  private static final String UPDATE =
      "update worker set device = :device, seen_at = :seen, job_id = :job, progress = :progress"
          + " where name = :name";

  private static final String INSERT =
      "insert into worker (name, host, device, version, is_working, started_at, seen_at, job_id,"
          + " progress) values (:name, :host, :device, :version, :working, :started, :seen, :job,"
          + " :progress)";

  private final Jdbi jdbi;
  private final Clock clock;

  public Workers(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /** A sign of life of a process. */
  public void seen(WorkerState state) {
    jdbi.useTransaction(
        handle -> {
          if (write(handle, UPDATE, state) == 0) {
            write(handle, INSERT, state);
          }
        });
  }

  private static int write(Handle handle, String sql, WorkerState state) {
    return handle
        .createUpdate(sql)
        .bind("name", state.name())
        .bind("host", state.host())
        .bind("device", state.device())
        .bind("version", state.version())
        .bind("working", state.isWorking())
        .bind("started", time(state.startedAt()))
        .bind("seen", time(state.seenAt()))
        .bind("job", state.job())
        .bind("progress", state.progress())
        .execute();
  }

  /** A process that ends in order. */
  public void gone(String name) {
    jdbi.useHandle(handle -> handle.execute("delete from worker where name = ?", name));
  }

  /** Forgets those that were silent for a day. */
  public void forgetOld() {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "delete from worker where seen_at < ?",
                time(clock.instant().minus(Duration.ofDays(1)))));
  }

  /** Those that live, by name. */
  public List<WorkerState> alive() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from worker where seen_at > :since order by name")
                .bind("since", time(clock.instant().minus(SILENCE)))
                .map(Workers::read)
                .list());
  }

  private static WorkerState read(ResultSet row, StatementContext context) throws SQLException {
    return new WorkerState(
        row.getString("name"),
        row.getString("host"),
        row.getString("device"),
        row.getString("version"),
        row.getBoolean("is_working"),
        instant(row, "started_at"),
        instant(row, "seen_at"),
        whole(row, "job_id"),
        row.getString("progress"));
  }
}
