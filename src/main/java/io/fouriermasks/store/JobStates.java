package io.fouriermasks.store;

import static io.fouriermasks.store.Database.time;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * What becomes of jobs. Every change is checked against {@link JobState#mayBecome} while nobody
 * else can change the job, and logged with its time, worker and reason in the same transaction.
 */
@Singleton
public class JobStates {

  private static final int MAX_ERROR_LENGTH = 2000;

  private final Jdbi jdbi;
  private final Clock clock;
  private final JobRow rows;

  public JobStates(Jdbi jdbi, Clock clock, ObjectMapper json) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.rows = new JobRow(json);
  }

  /** A job that is locked until the end of the transaction. */
  private record Locked(Job job, String entry, JobState wanted) {}

  /**
   * A change of a job.
   *
   * @param reason why, or null where the state says it
   * @param note what went wrong or happened, for the user, or null
   */
  public record Change(JobState state, EndReason reason, String note) {

    /** One that needs no words. */
    public static Change to(JobState state) {
      return new Change(state, null, null);
    }
  }

  /**
   * Changes a job that nobody works on, or that whoever worked on it has left behind.
   *
   * @throws UnknownIdException if there is no such job
   * @throws IllegalTransitionException if the job is not in a state from which that is possible
   */
  public Job change(long id, Change change) {
    return jdbi.inTransaction(handle -> change(handle, locked(handle, id), change));
  }

  /**
   * Runs {@code decision} on the job while nobody else can change it. If it names a state, the job
   * changes to it; one that is being worked on is only asked, and its worker makes the change.
   *
   * @return the job afterwards
   * @throws UnknownIdException if there is no such job
   */
  public Job decide(long id, Decision decision) {
    return decide(id, decision, Optional.empty());
  }

  /** The same for somebody; the audit log has it in the same transaction. */
  public Job decide(long id, Decision decision, AuditLog.Deed deed) {
    return decide(id, decision, Optional.of(deed));
  }

  private Job decide(long id, Decision decision, Optional<AuditLog.Deed> deed) {
    return jdbi.inTransaction(
        handle -> {
          Locked locked = locked(handle, id);
          Optional<JobState> next = decision.next(locked.job());
          if (next.isEmpty()) {
            return locked.job();
          }
          deed.ifPresent(done -> AuditLog.append(handle, clock, done));
          if (locked.job().state() == JobState.RUNNING) {
            // who has cancelled a job does not want it to be paused instead
            if (locked.wanted() != JobState.CANCELLED) {
              want(handle, id, next.get());
            }
            return locked.job();
          }
          return change(handle, locked, requested(next.get()));
        });
  }

  /** What becomes of a locked job; empty leaves it as it is. */
  @FunctionalInterface
  public interface Decision {
    Optional<JobState> next(Job job);
  }

  /** The change that somebody has asked for. */
  private static Change requested(JobState wanted) {
    return new Change(
        wanted, wanted == JobState.CANCELLED ? EndReason.CANCELLED : EndReason.REQUESTED, null);
  }

  /**
   * Says which entry of the queue stands for a waiting job from now on: those before it are void.
   *
   * @return false if it does not wait any more: the entry of a running job stays, for whoever is
   *     given that again takes the job over from a dead worker
   */
  public boolean enter(long id, String entry) {
    return jdbi.withHandle(
        handle ->
            handle
                    .createUpdate("update job set entry = :entry where id = :id and state = :state")
                    .bind("entry", entry)
                    .bind("id", id)
                    .bind("state", JobState.QUEUED.name())
                    .execute()
                == 1);
  }

  /**
   * Begins the work on a job that an entry of the queue stands for.
   *
   * @param ifLeft what becomes of the job if it is still {@link JobState#RUNNING}: its worker has
   *     stopped giving signs of life, and the queue has given the same entry again. It is told how
   *     often that has happened, this time included.
   * @return the running job with a lease of its own; empty if there is nothing to do for this entry
   */
  public Optional<Job> begin(long id, String entry, String worker, Left ifLeft) {
    return jdbi.inTransaction(
        handle -> {
          Optional<Locked> found = find(handle, id);
          if (found.isEmpty() || !entry.equals(found.get().entry())) {
            return Optional.empty();
          }
          Job job = found.get().job();
          if (job.state() == JobState.RUNNING) {
            job = left(handle, found.get(), ifLeft);
          }
          return job.state() == JobState.QUEUED
              ? Optional.of(begin(handle, job, worker))
              : Optional.empty();
        });
  }

  /** What becomes of a job that its worker has left behind without a word. */
  @FunctionalInterface
  public interface Left {
    Change change(int times);
  }

  /**
   * Puts a job in order whose worker is gone; does nothing if it does not run.
   *
   * @return the job afterwards
   * @throws UnknownIdException if there is no such job
   */
  public Job recover(long id, Left ifLeft) {
    return jdbi.inTransaction(
        handle -> {
          Locked locked = locked(handle, id);
          return locked.job().state() == JobState.RUNNING
              ? left(handle, locked, ifLeft)
              : locked.job();
        });
  }

  private Job left(Handle handle, Locked locked, Left ifLeft) {
    int times = JobEvents.interruptions(handle, locked.job().id()) + 1;
    return change(handle, locked, unlessWanted(locked, ifLeft.change(times)));
  }

  private Job begin(Handle handle, Job job, String worker) {
    Job running =
        new Job(
            job.id(),
            JobState.RUNNING,
            null,
            null,
            job.specification(),
            job.model(),
            job.study(),
            job.createdAt(),
            job.startedAt() == null ? clock.instant() : job.startedAt(),
            null,
            worker,
            job.begun() + 1,
            job.createdBy());
    store(handle, running);
    return running;
  }

  /**
   * Ends the work on a job.
   *
   * @return the job afterwards; what was to be queued again is paused or cancelled instead if that
   *     was asked for meanwhile
   * @throws LeaseLostException if it is another worker's now
   * @throws UnknownIdException if there is no such job
   */
  public Job end(Lease lease, Change change) {
    return jdbi.inTransaction(
        handle -> {
          Locked locked = locked(handle, lease.job());
          Job job = locked.job();
          if (job.begun() != lease.number()) {
            throw new LeaseLostException(lease);
          }
          if (job.state() == change.state()) {
            return job; // the answer to the first attempt was lost with the connection
          }
          return change(handle, locked, unlessWanted(locked, change));
        });
  }

  private static Change unlessWanted(Locked locked, Change change) {
    return change.state() == JobState.QUEUED && locked.wanted() != null
        ? requested(locked.wanted())
        : change;
  }

  /** What somebody wants a running job to become, or null; fails if the job is lost. */
  public JobState wanted(Lease lease) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select wanted from job where id = :id and lease = :lease and state = :state")
                .bind("id", lease.job())
                .bind("lease", lease.number())
                .bind("state", JobState.RUNNING.name())
                .map((row, context) -> Optional.ofNullable(row.getString("wanted")))
                .findOne()
                .orElseThrow(() -> new LeaseLostException(lease))
                .map(JobState::valueOf)
                .orElse(null));
  }

  /**
   * Jobs that wait for nothing but a worker, without an entry in the queue: the program ended in
   * between.
   */
  public List<Job> forgotten() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select * from job where state = :state and (entry is null or not exists"
                        + " (select 1 from scheduled_tasks where task_instance = job.entry))"
                        + " and not "
                        + Dependencies.WAITS
                        + " order by id")
                .bind("state", JobState.QUEUED.name())
                .map(rows::read)
                .list());
  }

  /** Jobs that are being worked on, says their row, but that the queue knows nothing of. */
  public List<Job> abandoned() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select * from job where state = :state and not exists"
                        + " (select 1 from scheduled_tasks where task_instance = job.entry)"
                        + " order by id")
                .bind("state", JobState.RUNNING.name())
                .map(rows::read)
                .list());
  }

  private Job change(Handle handle, Locked locked, Change change) {
    Job job = locked.job();
    if (!job.state().mayBecome(change.state())) {
      throw new IllegalTransitionException(job.id(), job.state(), change.state());
    }
    Job changed =
        new Job(
            job.id(),
            change.state(),
            change.reason(),
            shortened(change.note()),
            job.specification(),
            job.model(),
            job.study(),
            job.createdAt(),
            job.startedAt(),
            change.state().isFinal() ? clock.instant() : null,
            job.worker(),
            job.begun(),
            job.createdBy());
    store(handle, changed);
    return changed;
  }

  private static String shortened(String note) {
    return note == null || note.length() <= MAX_ERROR_LENGTH
        ? note
        : note.substring(0, MAX_ERROR_LENGTH);
  }

  /** Stores what can change of a job; what was wanted of it is done or void. */
  private void store(Handle handle, Job job) {
    handle
        .createUpdate(
            "update job set state = :state, reason = :reason, error = :error, started_at = :started,"
                + " finished_at = :finished, seconds = :seconds, worker = :worker, lease = :lease,"
                + " wanted = null where id = :id")
        .bind("state", job.state().name())
        .bind("reason", job.reason() == null ? null : job.reason().name())
        .bind("error", job.error())
        .bind("started", time(job.startedAt()))
        .bind("finished", time(job.finishedAt()))
        .bind("seconds", job.seconds())
        .bind("worker", job.worker())
        .bind("lease", job.begun())
        .bind("id", job.id())
        .execute();
    rows.log(handle, clock, job);
  }

  private static void want(Handle handle, long id, JobState wanted) {
    handle
        .createUpdate("update job set wanted = :wanted where id = :id")
        .bind("wanted", wanted.name())
        .bind("id", id)
        .execute();
  }

  private Locked locked(Handle handle, long id) {
    return find(handle, id).orElseThrow(() -> new UnknownIdException("job", id));
  }

  private Optional<Locked> find(Handle handle, long id) {
    return handle
        .createQuery("select * from job where id = :id for update")
        .bind("id", id)
        .map(
            (row, context) -> {
              String wanted = row.getString("wanted");
              return new Locked(
                  rows.read(row, context),
                  row.getString("entry"),
                  wanted == null ? null : JobState.valueOf(wanted));
            })
        .findOne();
  }
}
