package io.fouriermasks.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.store.DatabaseProduct;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobEvents;
import io.fouriermasks.store.LabConfig;
import io.fouriermasks.store.WorkerState;
import io.fouriermasks.store.Workers;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Tells the followers of this process what other processes do: once a second it asks the database
 * which of the jobs that run, or are followed, have new events, and how far they are. Two small
 * queries whatever the number of followers; and nothing that can be missed, as notices sent from
 * one process to another could.
 */
@Singleton
class FeedRelay {

  private static final Logger LOG = Logger.getLogger(FeedRelay.class);

  private final boolean isNeeded;
  private final Workers workers;
  private final JobEvents events;
  private final JobRunner runner;
  private final JobFeed feed;
  private final ObjectMapper json;
  private Map<Long, Long> lastSeqs = Map.of(); // of the thread that looks
  private Map<Long, String> progress = Map.of();

  FeedRelay(
      DatabaseProduct database,
      LabConfig config,
      Workers workers,
      JobEvents events,
      JobRunner runner,
      JobFeed feed,
      ObjectMapper json) {
    this.isNeeded = database.isShared() && config.role() != LabConfig.Role.WORKER;
    this.workers = workers;
    this.events = events;
    this.runner = runner;
    this.feed = feed;
    this.json = json;
  }

  @Scheduled(every = "1s", delayed = "1s", concurrentExecution = ConcurrentExecution.SKIP)
  void look() {
    if (!isNeeded) {
      return;
    }
    try {
      Map<Long, String> running = new HashMap<>();
      for (WorkerState worker : workers.alive()) {
        if (worker.job() != null) {
          running.put(worker.job(), worker.progress() == null ? "" : worker.progress());
        }
      }
      runner.running().map(Job::id).ifPresent(running::remove); // told by itself
      tellEvents(running.keySet());
      tellProgress(running);
    } catch (RuntimeException e) {
      LOG.debugf(e, "the other processes cannot be asked now");
    }
  }

  private void tellEvents(Set<Long> running) {
    Set<Long> asked = new HashSet<>(feed.followed());
    asked.addAll(running);
    runner.running().map(Job::id).ifPresent(asked::remove);
    Map<Long, Long> found = events.lastSeqs(asked);
    found.forEach(
        (job, seq) -> {
          // one that was not asked for before may have had events meanwhile
          if (!seq.equals(lastSeqs.get(job))) {
            feed.changed(job);
          }
        });
    lastSeqs = found;
  }

  private void tellProgress(Map<Long, String> running) {
    running.forEach(
        (job, text) -> {
          if (!text.isEmpty() && !text.equals(progress.get(job))) {
            feed.progressed(job, read(text));
          }
        });
    progress.keySet().stream()
        .filter(job -> !running.containsKey(job))
        .filter(job -> runner.running().stream().noneMatch(own -> own.id() == job))
        .forEach(feed::ended);
    progress = running;
  }

  private JobProgress read(String text) {
    try {
      return json.readValue(text, JobProgress.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the progress of a job cannot be read", e);
    }
  }
}
