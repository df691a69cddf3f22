package io.fouriermasks.job;

import io.fouriermasks.store.EndReason;
import io.fouriermasks.store.IllegalTransitionException;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.UnknownIdException;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Takes a job from {@link JobState#QUEUED} to its end, or to where somebody stops it. Whatever its
 * work does, this returns: the server outlives every job. A job that the end of the program stops
 * is queued again, and goes on from its checkpoint when the program starts the next time.
 */
@Singleton
class JobRunner {

  static final String INTERRUPTED =
      "The program ended while this job was running; it goes on from where it was.";

  private static final Logger LOG = Logger.getLogger(JobRunner.class);

  private final JobLog log;
  private final JobFeed feed;
  private final JobWork work;
  private final JobFolders folders;
  private final Set<Long> cancelled = ConcurrentHashMap.newKeySet();
  private final Set<Long> pausing = ConcurrentHashMap.newKeySet();
  private volatile boolean shuttingDown;

  JobRunner(JobLog log, JobFeed feed, JobWork work, JobFolders folders) {
    this.log = log;
    this.feed = feed;
    this.work = work;
    this.folders = folders;
  }

  /** Runs the job, unless it is no longer queued. Returns when the job has ended. */
  void run(long id) {
    Job job;
    try {
      job = log.change(id, JobState.RUNNING, null, null);
    } catch (IllegalTransitionException | UnknownIdException e) {
      LOG.debugf("job %d is not run: %s", id, e.getMessage());
      return;
    }
    End end;
    try {
      boolean isMade = work.run(job, () -> isStopped(id));
      end = isMade ? new End(JobState.SUCCEEDED, null, null) : stopped(id);
    } catch (JobFailedException e) {
      LOG.warnf(e, "job %d failed", id);
      end = failed(e.getMessage());
    } catch (Throwable e) { // also OutOfMemoryError and what native code throws
      LOG.errorf(e, "job %d failed", id);
      end = failed(sentence(e));
    }
    finish(id, end);
  }

  /** Stops the job before its next step, if it runs here; it is then cancelled. */
  void cancel(long id) {
    cancelled.add(id);
  }

  /** Stops the job before its next step, if it runs here; it is then paused. */
  void pause(long id) {
    pausing.add(id);
  }

  private boolean isStopped(long id) {
    return shuttingDown || cancelled.contains(id) || pausing.contains(id);
  }

  /** Stops what runs before its next step; it is queued again. */
  void shutDown() {
    shuttingDown = true;
  }

  private record End(JobState state, EndReason reason, String error) {}

  /** What becomes of a job that was stopped before all was made. */
  private End stopped(long id) {
    if (cancelled.contains(id)) {
      return new End(JobState.CANCELLED, EndReason.CANCELLED, null);
    }
    if (pausing.contains(id)) {
      return new End(JobState.PAUSED, null, null);
    }
    return shuttingDown
        ? new End(JobState.QUEUED, null, INTERRUPTED)
        : failed("The work ended before all was made; the server's log has the details.");
  }

  private void finish(long id, End end) {
    feed.ended(id);
    if (end.state() == JobState.SUCCEEDED || end.state() == JobState.CANCELLED) {
      folders.delete(id); // nobody goes on with it
    }
    try {
      log.change(id, end.state(), end.reason(), end.error());
    } catch (RuntimeException e) {
      // nothing can be stored any more (a full disk, a closing database): the next start marks it
      LOG.errorf(e, "the end of job %d could not be stored", id);
    } finally {
      cancelled.remove(id);
      pausing.remove(id);
    }
  }

  private static End failed(String error) {
    return new End(JobState.FAILED, EndReason.ERROR, error);
  }

  private static String sentence(Throwable e) {
    if (isOutOfMemory(e)) {
      return "The memory was not enough. Start it again with fewer images, or give the program"
          + " more memory.";
    }
    return "An unexpected error ended the job; the server's log has the details.";
  }

  private static boolean isOutOfMemory(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof OutOfMemoryError
          || message.contains("out of memory")
          || message.contains("can't allocate memory")) {
        return true;
      }
    }
    return false;
  }
}
