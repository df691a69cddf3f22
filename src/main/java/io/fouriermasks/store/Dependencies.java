package io.fouriermasks.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Which jobs wait for others. A job is {@link JobState#QUEUED} from the beginning, but is given to
 * a worker only when everything that it needs has {@link JobState#SUCCEEDED}.
 */
@Singleton
public class Dependencies {

  /** Of a row of the table {@code job}: something that it needs has not succeeded. */
  static final String WAITS =
      "exists (select 1 from job_dependency d join job needed on needed.id = d.needs_id"
          + " where d.job_id = job.id and needed.state <> 'SUCCEEDED')";

  private final Jdbi jdbi;
  private final JobRow rows;

  public Dependencies(Jdbi jdbi, ObjectMapper json) {
    this.jdbi = jdbi;
    this.rows = new JobRow(json);
  }

  static void insert(Handle handle, long job, long needs) {
    handle
        .createUpdate("insert into job_dependency (job_id, needs_id) values (:job, :needs)")
        .bind("job", job)
        .bind("needs", needs)
        .execute();
  }

  /** Those of the jobs that wait, each with the jobs that it needs and that are not done. */
  public Map<Long, List<Long>> unfinished(Collection<Long> jobs) {
    if (jobs.isEmpty()) {
      return Map.of();
    }
    record Edge(long job, long needs) {}
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select d.job_id, d.needs_id from job_dependency d"
                        + " join job on job.id = d.job_id join job needed on needed.id = d.needs_id"
                        + " where d.job_id in (<jobs>) and job.state = 'QUEUED'"
                        + " and needed.state <> 'SUCCEEDED' order by d.job_id, d.needs_id")
                .bindList("jobs", List.copyOf(jobs))
                .map((row, context) -> new Edge(row.getLong("job_id"), row.getLong("needs_id")))
                .stream()
                .collect(
                    Collectors.groupingBy(
                        Edge::job,
                        LinkedHashMap::new,
                        Collectors.mapping(Edge::needs, Collectors.toList()))));
  }

  /** Jobs that have waited for this one and need nothing more. */
  public List<Job> ready(long needed) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select job.* from job join job_dependency n on n.job_id = job.id"
                        + " where n.needs_id = :needed and job.state = 'QUEUED' and not "
                        + WAITS
                        + " order by job.id")
                .bind("needed", needed)
                .map(rows::read)
                .list());
  }

  /**
   * A job that can never be begun.
   *
   * @param job which waits
   * @param needed which has ended without success
   */
  public record Hopeless(long job, Job needed) {}

  /** Jobs that wait for something that has failed or was cancelled. */
  public List<Hopeless> hopeless() {
    record Edge(long job, long needs) {}
    return jdbi.withHandle(
        handle -> {
          List<Edge> edges =
              handle
                  .createQuery(
                      "select d.job_id, min(d.needs_id) as needs_id from job_dependency d"
                          + " join job on job.id = d.job_id join job needed on needed.id = d.needs_id"
                          + " where job.state = 'QUEUED' and needed.state in ('FAILED', 'CANCELLED')"
                          + " group by d.job_id order by d.job_id")
                  .map((row, context) -> new Edge(row.getLong("job_id"), row.getLong("needs_id")))
                  .list();
          return edges.stream()
              .map(edge -> new Hopeless(edge.job(), rows.find(handle, edge.needs()).orElseThrow()))
              .toList();
        });
  }
}
