package io.fouriermasks.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.store.DatabaseProduct;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.JobStates;
import io.fouriermasks.store.Jobs;
import io.fouriermasks.store.LeaseLostException;
import io.fouriermasks.store.WorkerState;
import io.fouriermasks.store.Workers;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Once a second: tells the other processes what this one does, and learns what they want of the job
 * that runs here.
 */
@Singleton
class WorkerPulse {

  private static final Logger LOG = Logger.getLogger(WorkerPulse.class);

  private final Worker worker;
  private final DatabaseProduct database;
  private final Workers workers;
  private final Jobs jobs;
  private final JobStates states;
  private final JobQueue queue;
  private final JobRunner runner;
  private final JobFeed feed;
  private final EngineLoader engine;
  private final ObjectMapper json;
  private final Clock clock;
  private final String version;
  private final Instant startedAt;
  private String waitsFor; // only used by the beat, which never overlaps itself

  WorkerPulse(
      Worker worker,
      DatabaseProduct database,
      Workers workers,
      Jobs jobs,
      JobStates states,
      JobQueue queue,
      JobRunner runner,
      JobFeed feed,
      EngineLoader engine,
      ObjectMapper json,
      Clock clock,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.worker = worker;
    this.database = database;
    this.workers = workers;
    this.jobs = jobs;
    this.states = states;
    this.queue = queue;
    this.runner = runner;
    this.feed = feed;
    this.engine = engine;
    this.json = json;
    this.clock = clock;
    this.version = version;
    this.startedAt = clock.instant();
  }

  /** Before the queue is started: who shares a lab takes no job before it knows its device. */
  void begin() {
    if (database.isShared()) {
      queue.take(false);
    }
  }

  @Scheduled(every = "1s", delayed = "1s", concurrentExecution = ConcurrentExecution.SKIP)
  void beat() {
    try {
      runner.running().ifPresent(this::obey);
      if (database.isShared()) {
        WorkerState own = state();
        workers.seen(own);
        if (own.isWorking()) {
          queue.take(mayWork(own));
        }
      }
    } catch (RuntimeException e) {
      LOG.debugf(e, "no pulse"); // the database does not answer; the queue and the job say so too
    }
  }

  /** Not while the device is another's, nor before it is known which it is. */
  private boolean mayWork(WorkerState own) {
    if (engine.status().state() == EngineLoader.State.LOADING) {
      return false;
    }
    String holder = own.holderOfDevice(workers.alive()).map(WorkerState::name).orElse(null);
    if (!Objects.equals(holder, waitsFor)) {
      waitsFor = holder;
      if (holder != null) {
        LOG.warnf(
            "%s is used by %s: no job is done here until that has ended."
                + " Start one worker a device, with --device cuda:N",
            own.device(), holder);
      } else {
        LOG.infof("%s is free now", own.device());
      }
    }
    return holder == null;
  }

  /** Processes that have been silent for long are of no interest. */
  @Scheduled(every = "1h", concurrentExecution = ConcurrentExecution.SKIP)
  void forget() {
    workers.forgetOld();
  }

  /** The last one: nobody need wait for this process. */
  void end() {
    if (database.isShared()) {
      try {
        workers.gone(worker.name());
      } catch (RuntimeException e) {
        LOG.debugf(e, "no farewell"); // the others will notice
      }
    }
  }

  private void obey(Job running) {
    JobState wanted;
    try {
      wanted = states.wanted(running.lease());
    } catch (LeaseLostException e) {
      runner.lose(running.id());
      return;
    }
    if (wanted != null) {
      runner.ask(running.id(), wanted);
    } else if (mustGiveWay(running)) {
      LOG.infof("job %d gives way to one that somebody waits for", running.id());
      runner.overtake(running.id());
    }
  }

  /**
   * Whether a job that goes first waits in vain, and this one is the one to be put aside for it: of
   * all that run, those of the lowest priority that were begun last.
   */
  private boolean mustGiveWay(Job running) {
    int own = Priority.of(running);
    int waiting = queue.waitingAbove(own);
    if (waiting == 0) {
      return false;
    }
    List<Job> all = jobs.inState(JobState.RUNNING);
    long free =
        database.isShared()
            ? workers.alive().stream().filter(WorkerState::isWorking).count() - all.size()
            : 0;
    return all.stream()
        .filter(job -> Priority.of(job) <= own)
        .sorted(
            Comparator.comparingInt(Priority::of)
                .thenComparing(Comparator.comparingLong(Job::id).reversed()))
        .limit(Math.max(0, waiting - free))
        .anyMatch(job -> job.id() == running.id());
  }

  private WorkerState state() {
    Job running = runner.running().orElse(null);
    return new WorkerState(
        worker.name(),
        worker.host(),
        engine.status().device(),
        version,
        worker.isWorking(),
        startedAt,
        clock.instant(),
        running == null ? null : running.id(),
        running == null ? null : feed.progress(running.id()).map(this::text).orElse(null));
  }

  private String text(JobProgress progress) {
    try {
      return json.writeValueAsString(progress);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
