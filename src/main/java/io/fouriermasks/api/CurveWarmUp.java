package io.fouriermasks.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.job.JobFeed;
import io.fouriermasks.job.LabSettled;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobEvents;
import io.fouriermasks.store.Jobs;
import io.fouriermasks.store.Page;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Reads the longest of the newest curves once when the start is over. Reading twenty thousand
 * points takes code that has just been loaded more than a second, and much less the second time: so
 * the first reader does not wait for it.
 */
@Singleton
class CurveWarmUp {

  private static final Logger LOG = Logger.getLogger(CurveWarmUp.class);

  private static final int NEWEST = 20;
  private static final int TIMES = 2;

  private final EventSource.Parts parts;

  CurveWarmUp(
      Jobs jobs,
      JobEvents events,
      SharedEvents shared,
      JobFeed feed,
      JobViews views,
      ObjectMapper json) {
    this.parts = new EventSource.Parts(jobs, events, shared, feed, views, json);
  }

  void settled(@Observes LabSettled event) {
    try {
      List<Job> newest = parts.jobs().list(Jobs.Filter.ALL, Page.START, NEWEST).items();
      Map<Long, Long> lengths = parts.events().lastSeqs(newest.stream().map(Job::id).toList());
      newest.stream()
          .max((a, b) -> Long.compare(lengths.get(a.id()), lengths.get(b.id())))
          .ifPresent(this::read);
    } catch (RuntimeException e) {
      LOG.debugf(e, "no curve was read in advance"); // the first reader reads it
    }
  }

  private void read(Job job) {
    for (int time = 0; time < TIMES; time++) {
      new EventSource(List.of(job), null, true, parts).next();
    }
  }
}
