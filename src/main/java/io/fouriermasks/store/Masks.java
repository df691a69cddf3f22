package io.fouriermasks.store;

import static io.fouriermasks.store.Database.instant;
import static io.fouriermasks.store.Database.time;

import io.fouriermasks.training.StopReason;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** The trained masks. One that is stored never changes. */
@Singleton
public class Masks {

  private final Jdbi jdbi;
  private final Clock clock;

  public Masks(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /** Which masks are wanted; a null is any. */
  public record Filter(Long job, String image, String model) {
    public static final Filter ALL = new Filter(null, null, null);
  }

  /**
   * Stores a final mask and logs it with its job, in one transaction. Its files must be durable
   * before.
   *
   * @param index of the image in the job's specification
   */
  public Mask publish(
      long job, int index, String image, String model, Mask.Result result, Mask.Files files) {
    return jdbi.inTransaction(
        handle -> {
          JobEvents.lock(handle, job);
          Instant now = clock.instant();
          long id =
              handle
                  .createUpdate(
                      "insert into mask (job_id, image_id, model_id, label, label_name,"
                          + " prediction, prediction_name, probability, clean_probability,"
                          + " sparsity, invariance, steps, stop_reason, seconds, archive, plane,"
                          + " masked, created_at) values (:job, :image, :model, :label,"
                          + " :labelName, :prediction, :predictionName, :probability,"
                          + " :cleanProbability, :sparsity, :invariance, :steps, :stopReason,"
                          + " :seconds, :archive, :plane, :masked, :now)")
                  .bind("job", job)
                  .bind("image", image)
                  .bind("model", model)
                  .bind("label", result.label())
                  .bind("labelName", result.labelName())
                  .bind("prediction", result.prediction())
                  .bind("predictionName", result.predictionName())
                  .bind("probability", result.probability())
                  .bind("cleanProbability", result.cleanProbability())
                  .bind("sparsity", result.sparsity())
                  .bind("invariance", result.invariance())
                  .bind("steps", result.steps())
                  .bind("stopReason", result.stopReason().name())
                  .bind("seconds", result.seconds())
                  .bind("archive", files.archive())
                  .bind("plane", files.plane())
                  .bind("masked", files.masked())
                  .bind("now", time(now))
                  .executeAndReturnGeneratedKeys("id")
                  .mapTo(long.class)
                  .one();
          JobEvent.Draft event =
              new JobEvent.Draft(
                  JobEvent.Kind.ARTEFACT, index, result.steps(), "{\"mask\":" + id + "}");
          JobEvents.append(handle, clock, job, List.of(event));
          return new Mask(id, job, image, model, result, files, now);
        });
  }

  public Optional<Mask> find(long id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from mask where id = :id")
                .bind("id", id)
                .map(Masks::mask)
                .findOne());
  }

  /**
   * The mask.
   *
   * @throws UnknownIdException if there is none
   */
  public Mask get(long id) {
    return find(id).orElseThrow(() -> new UnknownIdException("mask", id));
  }

  /** Masks with smaller ids than {@code before}, newest first. */
  public Page<Mask> list(Filter filter, long before, int limit) {
    StringBuilder where = new StringBuilder("id < :before");
    if (filter.job() != null) {
      where.append(" and job_id = :job");
    }
    if (filter.image() != null) {
      where.append(" and image_id = :image");
    }
    if (filter.model() != null) {
      where.append(" and model_id = :model");
    }
    return jdbi.withHandle(
        handle -> {
          var query =
              handle
                  .createQuery(
                      "select * from mask where " + where + " order by id desc limit :limit")
                  .bind("before", before)
                  .bind("limit", limit + 1);
          if (filter.job() != null) {
            query.bind("job", filter.job());
          }
          if (filter.image() != null) {
            query.bind("image", filter.image());
          }
          if (filter.model() != null) {
            query.bind("model", filter.model());
          }
          return Page.of(query.map(Masks::mask).list(), limit, Mask::id);
        });
  }

  /** All masks of some jobs, in the order of completion. */
  public List<Mask> ofJobs(Collection<Long> jobs) {
    if (jobs.isEmpty()) {
      return List.of();
    }
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from mask where job_id in (<jobs>) order by id")
                .bindList("jobs", List.copyOf(jobs))
                .map(Masks::mask)
                .list());
  }

  private static Mask mask(ResultSet row, StatementContext context) throws SQLException {
    Mask.Result result =
        new Mask.Result(
            row.getInt("label"),
            row.getString("label_name"),
            row.getInt("prediction"),
            row.getString("prediction_name"),
            row.getDouble("probability"),
            row.getDouble("clean_probability"),
            row.getDouble("sparsity"),
            row.getDouble("invariance"),
            row.getInt("steps"),
            StopReason.valueOf(row.getString("stop_reason")),
            row.getDouble("seconds"));
    return new Mask(
        row.getLong("id"),
        row.getLong("job_id"),
        row.getString("image_id"),
        row.getString("model_id"),
        result,
        new Mask.Files(row.getString("archive"), row.getString("plane"), row.getString("masked")),
        instant(row, "created_at"));
  }
}
