package io.fouriermasks.store;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Fills what the table of jobs shows for jobs from before it was kept. Each job in a transaction of
 * its own, under its lock, so that it may run beside everything else; a job is done once.
 */
@Singleton
public class JobTableBackfill {

  private static final Logger LOG = Logger.getLogger(JobTableBackfill.class);

  private final Jdbi jdbi;
  private final Jobs jobs;

  public JobTableBackfill(Jdbi jdbi, Jobs jobs) {
    this.jdbi = jdbi;
    this.jobs = jobs;
  }

  /** Reads the points of jobs without values: takes a while where there are many. */
  public void run() {
    List<Long> unnamed = ids("select id from job where names is null");
    unnamed.forEach(id -> jdbi.useTransaction(handle -> name(handle, id)));
    List<Long> unmeasured =
        ids(
            "select j.id from job j where not exists"
                + " (select 1 from job_metric m where m.job_id = j.id) and exists"
                + " (select 1 from job_event e where e.job_id = j.id and e.kind = 'point')");
    // values from before the first step was left out: 0 is then the lowest invariance; where it is
    // so in truth, it is only counted once more
    List<Long> unmoved =
        ids("select job_id from job_metric where metric = 'invariance' and low = 0");
    Stream.concat(unmeasured.stream(), unmoved.stream())
        .forEach(id -> jdbi.useTransaction(handle -> measure(handle, id)));
    if (!unnamed.isEmpty() || !unmeasured.isEmpty() || !unmoved.isEmpty()) {
      LOG.infof(
          "%d jobs from before got their names, %d their values",
          unnamed.size(), unmeasured.size() + unmoved.size());
    }
  }

  private List<Long> ids(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(long.class).list());
  }

  private void name(Handle handle, long id) {
    JobEvents.lock(handle, id);
    Job job = jobs.get(id);
    handle
        .createUpdate("update job set names = :names where id = :id")
        .bind("names", JobNames.of(handle, job.specification(), job.model(), job.study()))
        .bind("id", id)
        .execute();
  }

  private void measure(Handle handle, long id) {
    JobEvents.lock(handle, id);
    List<JobEvent.Draft> points =
        handle
            .createQuery(
                "select step, data from job_event where job_id = :id and kind = 'point'"
                    + " order by seq")
            .bind("id", id)
            .map(
                (row, context) ->
                    new JobEvent.Draft(
                        JobEvent.Kind.POINT, null, row.getInt("step"), row.getString("data")))
            .list();
    handle.execute("delete from job_metric where job_id = ?", id);
    JobMetrics.add(handle, id, points);
  }
}
