package io.fouriermasks.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.TestDatabase;
import java.util.List;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

/** What a library logs while a job runs names the job, and nothing that comes after does. */
class JobLogContextTest {

  private final StringBuilder lines = new StringBuilder();

  @Test
  void lines_name_the_job_while_it_runs() {
    Logger logger = Logger.getLogger("test.job-log-context");
    logger.setLevel(Level.INFO);
    logger.setUseParentHandlers(false);
    logger.addHandler(
        new ExtHandler() {
          private final PatternFormatter formatter =
              new PatternFormatter("%x%s job=%X{job} kind=%X{kind}%n");

          @Override
          protected void doPublish(ExtLogRecord line) {
            lines.append(formatter.format(line));
          }
        });
    try (TestDatabase database = new TestDatabase()) {
      Job job = database.jobs.insert(JobSpecification.imageMasks("m", List.of("i")));
      logger.info("before");
      try (JobLogContext context = new JobLogContext(job)) {
        logger.info("a library speaks");
      }
      logger.info("after");
      assertThat(lines.toString().lines())
          .containsExactly(
              "before job= kind=",
              "[job %d] a library speaks job=%1$d kind=image-mask".formatted(job.id()),
              "after job= kind=");
    }
  }
}
