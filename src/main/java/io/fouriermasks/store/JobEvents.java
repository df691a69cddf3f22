package io.fouriermasks.store;

import static io.fouriermasks.store.Database.instant;
import static io.fouriermasks.store.Database.integer;
import static io.fouriermasks.store.Database.time;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** The log of every job. */
@Singleton
public class JobEvents {

  private final Jdbi jdbi;
  private final Clock clock;

  public JobEvents(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /**
   * Appends events of a running job in their order, in one transaction.
   *
   * @return the number of the last one
   * @throws LeaseLostException if it is another worker's now
   * @throws UnknownIdException if there is no such job
   */
  public long append(Lease lease, List<JobEvent.Draft> drafts) {
    return jdbi.inTransaction(
        handle -> {
          lock(handle, lease);
          JobMetrics.add(handle, lease.job(), drafts);
          return append(handle, clock, lease.job(), drafts);
        });
  }

  /**
   * Notes that a running job has made files.
   *
   * @param bytes of them
   */
  public void made(Lease lease, long bytes) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "update job set bytes = bytes + :bytes where id = :job and lease = :lease")
                .bind("bytes", bytes)
                .bind("job", lease.job())
                .bind("lease", lease.number())
                .execute());
  }

  /**
   * Locks the job's row until the end of the transaction. Who appends holds it, so numbers become
   * visible in their order and a reader that asks for what follows a number misses nothing.
   */
  static void lock(Handle handle, Lease lease) {
    if (lock(handle, lease.job()) != lease.number()) {
      throw new LeaseLostException(lease);
    }
  }

  /**
   * The same without a lease.
   *
   * @return how often the job was begun
   */
  static long lock(Handle handle, long job) {
    return handle
        .createQuery("select lease from job where id = :job for update")
        .bind("job", job)
        .mapTo(long.class)
        .findOne()
        .orElseThrow(() -> new UnknownIdException("job", job));
  }

  static long append(Handle handle, Clock clock, long job, List<JobEvent.Draft> drafts) {
    long seq = lastSeq(handle, job);
    PreparedBatch batch =
        handle.prepareBatch(
            "insert into job_event (job_id, seq, kind, image, step, data, at)"
                + " values (:job, :seq, :kind, :image, :step, :data, :at)");
    for (JobEvent.Draft draft : drafts) {
      batch
          .bind("job", job)
          .bind("seq", ++seq)
          .bind("kind", draft.kind().column())
          .bind("image", draft.image())
          .bind("step", draft.step())
          .bind("data", draft.data())
          .bind("at", time(clock.instant()))
          .add();
    }
    if (!drafts.isEmpty()) {
      batch.execute();
    }
    return seq;
  }

  /**
   * The last step that a job has logged events of a kind for.
   *
   * @return by the index of the image or class; a null key is of what has none
   */
  public Map<Integer, Integer> lastSteps(long job, JobEvent.Kind kind) {
    Map<Integer, Integer> steps = new HashMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(
                    "select image, max(step) as step from job_event"
                        + " where job_id = :job and kind = :kind group by image")
                .bind("job", job)
                .bind("kind", kind.column())
                .map((row, context) -> steps.put(integer(row, "image"), row.getInt("step")))
                .list());
    return steps;
  }

  /**
   * How often in a row the program has ended suddenly while the job was running, without the job
   * getting further than before.
   */
  public int interruptions(long job) {
    return jdbi.withHandle(handle -> interruptions(handle, job));
  }

  static int interruptions(Handle handle, long job) {
    return handle
        .createQuery(
            "select count(*) from job_event where job_id = :job and kind = :kind"
                + " and data like :reason and seq > (select coalesce(max(seq), 0) from job_event"
                + " where job_id = :job and kind in (<found>))")
        .bind("job", job)
        .bind("kind", JobEvent.Kind.STATE.column())
        .bind("reason", "%\"reason\":\"interrupted\"%")
        .bindList(
            "found",
            JobEvent.Kind.POINT.column(),
            JobEvent.Kind.MASK.column(),
            JobEvent.Kind.ARTEFACT.column())
        .mapTo(int.class)
        .one();
  }

  /** The number of the job's last event, 0 without any. */
  public long lastSeq(long job) {
    return jdbi.withHandle(handle -> lastSeq(handle, job));
  }

  private static long lastSeq(Handle handle, long job) {
    return handle
        .createQuery("select coalesce(max(seq), 0) from job_event where job_id = :job")
        .bind("job", job)
        .mapTo(long.class)
        .one();
  }

  /** The number of the last event of each of these jobs. */
  public Map<Long, Long> lastSeqs(Collection<Long> jobs) {
    Map<Long, Long> last = new HashMap<>();
    if (!jobs.isEmpty()) {
      jdbi.useHandle(
          handle ->
              handle
                  // not grouped: so each is found at the end of an index
                  .createQuery(
                      "select id, (select max(seq) from job_event where job_id = job.id) as seq"
                          + " from job where id in (<jobs>)")
                  .bindList("jobs", List.copyOf(jobs))
                  .map((row, context) -> last.put(row.getLong("id"), row.getLong("seq")))
                  .list());
    }
    return last;
  }

  /** At most {@code limit} events after number {@code seq}, in their order. */
  public List<JobEvent> after(long job, long seq, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select * from job_event where job_id = :job and seq > :seq"
                        + " order by seq limit :limit")
                .bind("job", job)
                .bind("seq", seq)
                .bind("limit", limit)
                .map(JobEvents::event)
                .list());
  }

  /** A range of steps, both ends included. */
  public record Steps(int from, int to) {
    public static final Steps ALL = new Steps(0, Integer.MAX_VALUE);
  }

  /**
   * The events of one kind up to number {@code untilSeq}, in their order.
   *
   * @param image index of an image, or null for all
   * @param steps those wanted
   */
  public List<JobEvent> ofKind(
      long job, JobEvent.Kind kind, Integer image, Steps steps, long untilSeq) {
    String ofImage = image == null ? "" : " and image = :image";
    return jdbi.withHandle(
        handle -> {
          var query =
              handle
                  .createQuery(
                      "select * from job_event where job_id = :job and kind = :kind"
                          + " and seq <= :until and step between :from and :to"
                          + ofImage
                          + " order by seq")
                  .bind("job", job)
                  .bind("kind", kind.column())
                  .bind("until", untilSeq)
                  .bind("from", steps.from())
                  .bind("to", steps.to());
          if (image != null) {
            query.bind("image", image);
          }
          return query.map(JobEvents::event).list();
        });
  }

  /** The newest preview of each image up to number {@code untilSeq}. */
  public List<JobEvent> newestPreviews(long job, long untilSeq) {
    return jdbi.withHandle(
        handle -> {
          List<Long> newest =
              handle
                  .createQuery(
                      "select max(seq) from job_event where job_id = :job and kind = :kind"
                          + " and seq <= :until group by image")
                  .bind("job", job)
                  .bind("kind", JobEvent.Kind.MASK.column())
                  .bind("until", untilSeq)
                  .mapTo(long.class)
                  .list();
          // two queries: in one, H2 groups again for each event of the job
          return newest.isEmpty()
              ? List.of()
              : handle
                  .createQuery(
                      "select * from job_event where job_id = :job and seq in (<newest>)"
                          + " order by image")
                  .bind("job", job)
                  .bindList("newest", newest)
                  .map(JobEvents::event)
                  .list();
        });
  }

  private static JobEvent event(ResultSet row, StatementContext context) throws SQLException {
    return new JobEvent(
        row.getLong("job_id"),
        row.getLong("seq"),
        JobEvent.Kind.of(row.getString("kind")),
        integer(row, "image"),
        integer(row, "step"),
        row.getString("data"),
        instant(row, "at"));
  }
}
