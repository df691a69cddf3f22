package io.fouriermasks.job;

import io.fouriermasks.store.AuditLog;
import io.fouriermasks.store.DatabaseGone;
import io.fouriermasks.store.HeatMap;
import io.fouriermasks.store.HeatMaps;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobEvent;
import io.fouriermasks.store.JobEvents;
import io.fouriermasks.store.JobStates;
import io.fouriermasks.store.JobStates.Change;
import io.fouriermasks.store.Lease;
import io.fouriermasks.store.Mask;
import io.fouriermasks.store.Masks;
import io.smallrye.faulttolerance.api.RetryWhen;
import jakarta.inject.Singleton;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.jboss.logging.Logger;

/** Every change of a job goes through here: it is committed, and then its followers are told. */
@Singleton
class JobLog {

  private static final Logger LOG = Logger.getLogger(JobLog.class);

  private final JobStates states;
  private final JobEvents events;
  private final Masks masks;
  private final HeatMaps heatMaps;
  private final JobFeed feed;

  JobLog(JobStates states, JobEvents events, Masks masks, HeatMaps heatMaps, JobFeed feed) {
    this.states = states;
    this.events = events;
    this.masks = masks;
    this.heatMaps = heatMaps;
    this.feed = feed;
  }

  Job change(long job, Change change) {
    return told(states.change(job, change));
  }

  Job decide(long job, JobStates.Decision decision, AuditLog.Deed deed) {
    return told(states.decide(job, decision, deed));
  }

  Optional<Job> begin(long job, String entry, String worker, JobStates.Left ifLeft) {
    Optional<Job> begun = states.begin(job, entry, worker, ifLeft);
    begun.ifPresent(JobLog::log);
    feed.changed(job);
    return begun;
  }

  Job recover(long job, JobStates.Left ifLeft) {
    return told(states.recover(job, ifLeft));
  }

  /**
   * Stores the end of the work on a job, as soon as the database answers: hours of training are not
   * given up for a database that is being restarted.
   */
  @Retry(
      maxRetries = -1,
      delay = 1,
      delayUnit = ChronoUnit.SECONDS,
      jitter = 200,
      maxDuration = 10,
      durationUnit = ChronoUnit.MINUTES)
  @RetryWhen(exception = DatabaseGone.class)
  Job end(Lease lease, Change change) {
    return told(states.end(lease, change));
  }

  /** The log has its line first, then the followers hear of it. */
  private Job told(Job job) {
    log(job);
    feed.changed(job.id());
    return job;
  }

  private static void log(Job job) {
    LOG.infof(
        "job %d (%s) is %s%s",
        job.id(),
        job.specification().kind().urlName(),
        job.state(),
        job.error() == null ? "" : ": " + job.error());
  }

  void append(Lease lease, List<JobEvent.Draft> drafts) {
    if (!drafts.isEmpty()) {
      events.append(lease, drafts);
      feed.changed(lease.job());
    }
  }

  Mask publish(Lease lease, Masks.Made made) {
    Mask mask = masks.publish(lease, made);
    feed.changed(lease.job());
    return mask;
  }

  HeatMap publish(Lease lease, HeatMap.Made made) {
    HeatMap heatMap = heatMaps.publish(lease, made);
    feed.changed(lease.job());
    return heatMap;
  }
}
