package io.fouriermasks.job;

import io.fouriermasks.store.Job;
import org.jboss.logging.MDC;
import org.jboss.logging.NDC;

/**
 * While it is open, what this thread logs names the job: as the fields {@code job} and {@code kind}
 * of a JSON log, and as {@code [job 12]} in front of a line for people.
 */
final class JobLogContext implements AutoCloseable {

  private static final String JOB = "job";
  private static final String KIND = "kind";

  JobLogContext(Job job) {
    MDC.put(JOB, Long.toString(job.id()));
    MDC.put(KIND, job.specification().kind().urlName());
    NDC.push("[job %d] ".formatted(job.id()));
  }

  @Override
  public void close() {
    NDC.pop();
    MDC.remove(KIND);
    MDC.remove(JOB);
  }
}
