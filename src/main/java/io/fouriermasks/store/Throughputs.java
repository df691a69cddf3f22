package io.fouriermasks.store;

import static io.fouriermasks.store.Database.time;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** How fast this lab's devices were, as measured while jobs ran. The newest of each counts. */
@Singleton
public class Throughputs {

  private final Jdbi jdbi;
  private final Clock clock;

  public Throughputs(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /**
   * What was done.
   *
   * @param architecture as the command line spells it
   * @param variant what else sets the speed, such as adversarial training
   * @param device {@code cpu} or {@code cuda:N}
   */
  public record Work(
      JobSpecification.Kind kind, String architecture, String variant, String device) {}

  /**
   * A measurement.
   *
   * @param batch images a step
   */
  public record Throughput(int batch, long steps, double seconds) {

    /** Steps a second. */
    public double rate() {
      return steps / seconds;
    }
  }

  /** Notes a measurement, in place of an older one of the same. */
  public void put(Work work, Throughput measured) {
    jdbi.useTransaction(
        handle -> {
          bound(
                  handle,
                  "delete from throughput where kind = :kind and architecture = :architecture"
                      + " and variant = :variant and device = :device and batch = :batch",
                  work)
              .bind("batch", measured.batch())
              .execute();
          bound(
                  handle,
                  "insert into throughput (kind, architecture, variant, device, batch, steps,"
                      + " seconds, measured_at) values (:kind, :architecture, :variant, :device,"
                      + " :batch, :steps, :seconds, :now)",
                  work)
              .bind("batch", measured.batch())
              .bind("steps", measured.steps())
              .bind("seconds", measured.seconds())
              .bind("now", time(clock.instant()))
              .execute();
        });
  }

  /** What was measured of a kind of work, by batch. */
  public List<Throughput> of(Work work) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select batch, steps, seconds from throughput where kind = :kind"
                        + " and architecture = :architecture and variant = :variant"
                        + " and device = :device order by batch")
                .bind("kind", work.kind().name())
                .bind("architecture", work.architecture())
                .bind("variant", work.variant())
                .bind("device", work.device())
                .map(
                    (row, context) ->
                        new Throughput(
                            row.getInt("batch"), row.getLong("steps"), row.getDouble("seconds")))
                .list());
  }

  private static org.jdbi.v3.core.statement.Update bound(Handle handle, String sql, Work work) {
    return handle
        .createUpdate(sql)
        .bind("kind", work.kind().name())
        .bind("architecture", work.architecture())
        .bind("variant", work.variant())
        .bind("device", work.device());
  }
}
