package io.fouriermasks.job;

import io.fouriermasks.store.DatabaseGone;
import io.fouriermasks.store.DiskSpace;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.Jobs;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Looks every few seconds whether the database answers and how many jobs there are. Who scrapes the
 * metrics or asks for the health is told what was seen last: it neither waits for a database that
 * has gone, nor loads one that is there.
 */
@Singleton
public class LabProbe {

  private static final Logger LOG = Logger.getLogger(LabProbe.class);

  /** A violated constraint is an answer, such as that a photograph is there already. */
  private static final String CONSTRAINT = "23";

  private static final String GONE =
      "The database does not answer; look whether it runs, can be reached and has space.";

  private static final String FAILS =
      "The database answers with an error; the server's log has the details.";

  private final Jobs jobs;
  private volatile Seen seen = new Seen(null, "The database has not been asked yet.");

  LabProbe(Jobs jobs, Jdbi jdbi, DiskSpace space, MeterRegistry registry) {
    this.jobs = jobs;
    Counter errors =
        Counter.builder("fourier.masks.database.errors")
            .description("Statements that failed")
            .register(registry);
    jdbi.setSqlLogger(
        new SqlLogger() {
          @Override
          public void logException(StatementContext context, SQLException e) {
            if (e.getSQLState() == null || !e.getSQLState().startsWith(CONSTRAINT)) {
              errors.increment();
            }
          }
        });
    for (JobState state : JobState.values()) {
      Gauge.builder("fourier.masks.jobs", () -> count(state))
          .description("Jobs in each state, all processes together")
          .tag("state", state.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    Gauge.builder("fourier.masks.database.up", () -> seen.problem() == null ? 1 : 0)
        .description("1 if the database answers")
        .register(registry);
    Gauge.builder("fourier.masks.disk.free", space::free)
        .description("Free on the disk of the data folder")
        .baseUnit("bytes")
        .register(registry);
  }

  /**
   * What was seen last.
   *
   * @param jobs how many there are in each state that has any, or null if nobody knows
   * @param problem what is wrong with the database, a sentence with what to do, or null
   */
  public record Seen(Map<JobState, Long> jobs, String problem) {}

  /** What was seen last. */
  public Seen seen() {
    return seen;
  }

  @Scheduled(every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
  void look() {
    try {
      seen = new Seen(jobs.counts(), null);
    } catch (RuntimeException e) {
      LOG.debug("the database was asked in vain", e); // who needs it says so
      seen = new Seen(null, new DatabaseGone().test(e) ? GONE : FAILS);
    }
  }

  private double count(JobState state) {
    Map<JobState, Long> counts = seen.jobs();
    return counts == null ? Double.NaN : counts.getOrDefault(state, 0L);
  }
}
