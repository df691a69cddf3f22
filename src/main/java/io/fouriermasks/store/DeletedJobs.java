package io.fouriermasks.store;

import static io.fouriermasks.store.Database.instant;
import static io.fouriermasks.store.Database.time;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.store.AuditEntry.Action;
import io.fouriermasks.store.AuditLog.Deed;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Deleting jobs with what they made. A deleted job is out of sight for everything that lists or
 * opens jobs, masks and heat maps; it can be restored until it is removed.
 */
@Singleton
public class DeletedJobs {

  /** What a job has made, and where it lies; all of it goes and comes with the job. */
  private static final List<String> MADE = List.of("mask", "heat_map");

  private final Jdbi jdbi;
  private final Clock clock;
  private final JobRow rows;

  public DeletedJobs(Jdbi jdbi, Clock clock, ObjectMapper json) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.rows = new JobRow(json);
  }

  /**
   * A deleted job.
   *
   * @param at when it was deleted
   * @param by name of who did, or null
   * @param masks how many it has made
   * @param names what it was found by: names of its model, photographs, dataset
   */
  public record Deleted(Job job, Instant at, String by, int masks, String names) {}

  /**
   * What goes with a job.
   *
   * @param studies names of the studies that it belongs to
   */
  public record Belongings(long masks, long heatMaps, List<String> studies) {}

  /**
   * What would go with a job.
   *
   * @throws UnknownIdException if there is no such job
   */
  public Belongings belongings(long id) {
    return jdbi.withHandle(
        handle -> {
          long job = existing(handle, id).id();
          return new Belongings(
              count(handle, "mask", job),
              count(handle, "heat_map", job),
              handle
                  .createQuery(
                      "select study.name from study join study_job m on m.study_id = study.id"
                          + " where m.job_id = :id order by study.id")
                  .bind("id", id)
                  .mapTo(String.class)
                  .list());
        });
  }

  private static long count(Handle handle, String table, long job) {
    return handle
        .createQuery("select count(*) from %s where job_id = :id".formatted(table))
        .bind("id", job)
        .mapTo(long.class)
        .one();
  }

  /**
   * Deletes a job.
   *
   * @param mayBe fails if this job must not be deleted; nobody else can change it meanwhile
   * @throws UnknownIdException if there is no such job
   */
  public void delete(long id, Actor by, Consumer<Job> mayBe) {
    jdbi.useTransaction(
        handle -> {
          JobEvents.lock(handle, id);
          mayBe.accept(existing(handle, id));
          mark(handle, id, clock.instant(), by.asMaker());
          AuditLog.append(handle, clock, new Deed(by, Action.JOB_DELETE, "job " + id));
        });
  }

  /**
   * Brings a deleted job back with all that it made, and the pictures and the model that it is
   * about.
   *
   * @param mayBe fails if this job must not be restored
   * @throws UnknownIdException if there is no such job among the deleted ones
   */
  public void restore(long id, Actor by, Consumer<Job> mayBe) {
    jdbi.useTransaction(
        handle -> {
          JobEvents.lock(handle, id);
          Job job = found(handle, id).orElseThrow(() -> new UnknownIdException("deleted job", id));
          mayBe.accept(job);
          mark(handle, id, null, null);
          DeletedImages.restore(handle, job.specification().imageIds());
          if (job.specification().kind() != JobSpecification.Kind.TRAIN_MODEL) {
            DeletedFiles.restore(handle, UserStorage.Kind.MODEL, job.model());
          }
          AuditLog.append(handle, clock, new Deed(by, Action.JOB_RESTORE, "job " + id));
        });
  }

  private Job existing(Handle handle, long id) {
    return rows.find(handle, id).orElseThrow(() -> new UnknownIdException("job", id));
  }

  private Optional<Job> found(Handle handle, long id) {
    return handle
        .createQuery("select * from job where id = :id and deleted_at is not null")
        .bind("id", id)
        .map(rows::read)
        .findOne();
  }

  private static void mark(Handle handle, long id, Instant at, String by) {
    handle
        .createUpdate("update job set deleted_at = :at, deleted_by = :by where id = :id")
        .bind("at", time(at))
        .bind("by", by)
        .bind("id", id)
        .execute();
    for (String table : MADE) {
      handle
          .createUpdate("update %s set deleted_at = :at where job_id = :id".formatted(table))
          .bind("at", time(at))
          .bind("id", id)
          .execute();
    }
  }

  /** Those that can still be restored, the last deleted first, at most so many. */
  public List<Deleted> list(int most) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select job.*, (select count(*) from mask where mask.job_id = job.id) as masks"
                        + " from job where deleted_at is not null"
                        + " order by deleted_at desc, id desc limit :most")
                .bind("most", most)
                .map(
                    (row, context) ->
                        new Deleted(
                            rows.read(row, context),
                            instant(row, "deleted_at"),
                            row.getString("deleted_by"),
                            row.getInt("masks"),
                            row.getString("names")))
                .list());
  }

  /** Those that were deleted before a time, oldest first. */
  public List<Long> before(Instant deletedBefore) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select id from job where deleted_at < :before order by id")
                .bind("before", time(deletedBefore))
                .mapTo(long.class)
                .list());
  }

  /**
   * Removes the rows of a job that was deleted before a time, for good; nothing if it was restored.
   *
   * @return the artefacts that they named; others may name them too. Empty if nothing was removed
   */
  public Optional<Set<String>> remove(long id, Instant deletedBefore) {
    return jdbi.inTransaction(
        handle -> {
          Optional<Long> old =
              handle
                  .createQuery(
                      "select id from job where id = :id and deleted_at < :before for update")
                  .bind("id", id)
                  .bind("before", time(deletedBefore))
                  .mapTo(long.class)
                  .findOne();
          if (old.isEmpty()) {
            return Optional.empty();
          }
          Set<String> artefacts = Previews.artefactsOf(handle, id);
          for (String table : List.of("mask", "heat_map", "job_metric", "job_event")) {
            handle
                .createUpdate("delete from %s where job_id = :id".formatted(table))
                .bind("id", id)
                .execute();
          }
          handle.createUpdate("delete from job where id = :id").bind("id", id).execute();
          return Optional.of(artefacts);
        });
  }
}
