package io.fouriermasks.store;

import static io.fouriermasks.store.Database.instant;
import static io.fouriermasks.store.Database.time;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** The measured heat maps. One that is stored never changes. */
@Singleton
public class HeatMaps {

  private static final String INSERT =
      "insert into heat_map (job_id, model_id, dataset, split, norm, radius, images, clean_error,"
          + " seconds, archive, plane, created_at) values (:job, :model, :dataset, :split, :norm,"
          + " :radius, :images, :cleanError, :seconds, :archive, :plane, :now)";

  private final Jdbi jdbi;
  private final Clock clock;

  public HeatMaps(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /**
   * Stores one and logs it with its job, in one transaction. Its files must be durable before.
   *
   * @throws LeaseLostException if the job is another worker's now
   */
  public HeatMap publish(Lease lease, HeatMap.Made made) {
    return jdbi.inTransaction(
        handle -> {
          JobEvents.lock(handle, lease);
          Instant now = clock.instant();
          long id =
              handle
                  .createUpdate(INSERT)
                  .bind("job", lease.job())
                  .bind("model", made.model())
                  .bind("dataset", made.dataset())
                  .bind("split", made.split())
                  .bind("norm", made.norm())
                  .bind("radius", made.radius())
                  .bind("images", made.images())
                  .bind("cleanError", made.cleanError())
                  .bind("seconds", made.seconds())
                  .bind("archive", made.archive())
                  .bind("plane", made.plane())
                  .bind("now", time(now))
                  .executeAndReturnGeneratedKeys("id")
                  .mapTo(long.class)
                  .one();
          JobEvent.Draft event =
              new JobEvent.Draft(JobEvent.Kind.ARTEFACT, null, null, "{\"heatMap\":" + id + "}");
          JobEvents.append(handle, clock, lease.job(), List.of(event));
          return new HeatMap(id, lease.job(), made, now);
        });
  }

  /**
   * The heat map.
   *
   * @throws UnknownIdException if there is none
   */
  public HeatMap get(long id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from heat_map where id = :id and deleted_at is null")
                .bind("id", id)
                .map(HeatMaps::read)
                .findOne()
                .orElseThrow(() -> new UnknownIdException("heat map", id)));
  }

  /** Heat maps of a network with smaller ids than {@code before}, newest first; null for all. */
  public Page<HeatMap> list(String model, long before, int limit) {
    String ofModel = model == null ? "" : " and model_id = :model";
    return jdbi.withHandle(
        handle -> {
          var query =
              handle
                  .createQuery(
                      "select * from heat_map where id < :before and deleted_at is null"
                          + ofModel
                          + " order by id desc limit :limit")
                  .bind("before", before)
                  .bind("limit", limit + 1);
          if (model != null) {
            query.bind("model", model);
          }
          return Page.of(query.map(HeatMaps::read).list(), limit, HeatMap::id);
        });
  }

  /** All heat maps of some jobs, in the order of completion. */
  public List<HeatMap> ofJobs(Collection<Long> jobs) {
    if (jobs.isEmpty()) {
      return List.of();
    }
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select * from heat_map where job_id in (<jobs>)"
                        + " and deleted_at is null order by id")
                .bindList("jobs", List.copyOf(jobs))
                .map(HeatMaps::read)
                .list());
  }

  private static HeatMap read(ResultSet row, StatementContext context) throws SQLException {
    return new HeatMap(
        row.getLong("id"),
        row.getLong("job_id"),
        new HeatMap.Made(
            row.getString("model_id"),
            row.getString("dataset"),
            row.getString("split"),
            row.getDouble("norm"),
            row.getInt("radius"),
            row.getInt("images"),
            row.getDouble("clean_error"),
            row.getDouble("seconds"),
            row.getString("archive"),
            row.getString("plane")),
        instant(row, "created_at"));
  }
}
