package io.fouriermasks.job;

import io.fouriermasks.network.DeviceMemory;
import io.fouriermasks.store.DatabaseGone;
import io.fouriermasks.store.DiskFullException;
import io.fouriermasks.store.EndReason;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.JobStates.Change;
import io.fouriermasks.store.LeaseLostException;
import io.fouriermasks.store.ObjectStorageException;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Takes a job from {@link JobState#QUEUED} to its end, or to where something stops it; one at a
 * time. Whatever its work does, this returns: the program outlives every job.
 */
@Singleton
class JobRunner {

  /**
   * So often in a row the program may end suddenly under a job that gets no further meanwhile: a
   * job that kills it must not be run for ever.
   */
  static final int MOST_INTERRUPTIONS = 3;

  static final String INTERRUPTED =
      "The program ended while this job was running; it goes on from where it was.";

  static final String GIVEN_UP =
      "The program ended suddenly each of the last %d times that this job was running, and it got no"
          + " further. If it lacked memory, start it again with fewer images or a smaller batch.";

  static final String OVERTAKEN =
      "A job that somebody waits for goes first; this one goes on from where it was.";

  static final String DISCONNECTED =
      "The database did not answer while this job was running; it goes on from where it was.";

  static final String DISK_FULL =
      "The disk is full. Make space, then start the job again: what it has made is kept.";

  static final String NO_OBJECTS =
      "The object storage did not take or give a file. When it answers again, resume the job: it"
          + " goes on from its checkpoint.";

  private static final Logger LOG = Logger.getLogger(JobRunner.class);

  private static final DatabaseGone DATABASE_GONE = new DatabaseGone();

  private final JobLog log;
  private final JobFeed feed;
  private final JobWork work;
  private final JobFolders folders;
  private final Worker worker;
  private volatile Running running;
  private volatile boolean shuttingDown;

  JobRunner(JobLog log, JobFeed feed, JobWork work, JobFolders folders, Worker worker) {
    this.log = log;
    this.feed = feed;
    this.work = work;
    this.folders = folders;
    this.worker = worker;
  }

  /** What the queue is to do with the entry of a job. */
  enum Afterwards {
    /** Nothing follows, or another entry does. */
    FORGET,
    /** It is to be given again, to whoever is free. */
    AGAIN,
    /** It could not be looked at now. */
    LATER
  }

  /** Why a job is to take no further step. */
  private enum Stop {
    CANCELLED,
    PAUSED,
    OVERTAKEN,
    LOST
  }

  /** The job that is worked on here. */
  private static final class Running {
    private final Job job;
    private volatile Stop stop;

    private Running(Job job) {
      this.job = job;
    }
  }

  /** What becomes of a job whose worker has left it without a word for the n-th time. */
  static Change left(int times) {
    return times >= MOST_INTERRUPTIONS
        ? new Change(JobState.FAILED, EndReason.INTERRUPTED, GIVEN_UP.formatted(times))
        : new Change(JobState.QUEUED, EndReason.INTERRUPTED, INTERRUPTED);
  }

  /** Does the work that an entry of the queue stands for. Returns when that has ended. */
  Afterwards run(long id, String entry) {
    if (shuttingDown) {
      return Afterwards.AGAIN;
    }
    Optional<Job> begun;
    try {
      begun = log.begin(id, entry, worker.name(), JobRunner::left);
    } catch (RuntimeException e) {
      LOG.warnf("job %d cannot be begun now: %s", id, e.getMessage());
      return Afterwards.LATER;
    }
    return begun.map(this::run).orElse(Afterwards.FORGET);
  }

  private Afterwards run(Job job) {
    Running current = new Running(job);
    running = current;
    try (JobLogContext context = new JobLogContext(job)) {
      return finish(job, work(current));
    } finally {
      feed.ended(job.id());
      running = null;
    }
  }

  private Change work(Running current) {
    long id = current.job.id();
    try {
      boolean isMade = work.run(current.job, () -> current.stop != null || shuttingDown);
      return isMade ? Change.to(JobState.SUCCEEDED) : stopped(current);
    } catch (JobFailedException e) {
      LOG.warnf(e, "job %d failed", id);
      return failed(e.getMessage());
    } catch (Throwable e) { // also OutOfMemoryError and what native code throws
      if (DiskFullException.isCauseOf(e)) {
        LOG.warnf("job %d failed: the disk is full", id);
        return failed(DISK_FULL);
      }
      if (ObjectStorageException.isCauseOf(e)) {
        LOG.warnf("job %d is paused: %s", id, e.getMessage());
        return new Change(JobState.PAUSED, EndReason.DISCONNECTED, NO_OBJECTS);
      }
      if (DATABASE_GONE.test(e) || isLost(e)) {
        LOG.warnf("job %d stops: %s", id, e.getMessage());
        return disconnected();
      }
      LOG.errorf(e, "job %d failed", id);
      return failed(sentence(e));
    }
  }

  /** What becomes of a job that was stopped before all was made. */
  private Change stopped(Running current) {
    Stop stop = current.stop;
    if (stop == null) {
      return shuttingDown
          ? new Change(JobState.QUEUED, EndReason.STOPPED, INTERRUPTED)
          : failed("The work ended before all was made; the server's log has the details.");
    }
    return switch (stop) {
      case CANCELLED -> new Change(JobState.CANCELLED, EndReason.CANCELLED, null);
      case PAUSED -> new Change(JobState.PAUSED, EndReason.REQUESTED, null);
      case OVERTAKEN -> new Change(JobState.QUEUED, EndReason.OVERTAKEN, OVERTAKEN);
      case LOST -> disconnected();
    };
  }

  private Afterwards finish(Job job, Change end) {
    Job ended;
    try {
      ended = log.end(job.lease(), end);
    } catch (LeaseLostException e) {
      LOG.warnf("job %d is another worker's now", job.id());
      return Afterwards.FORGET;
    } catch (RuntimeException e) {
      // nothing can be stored any more (a full disk, a closing database): who takes the entry next
      // finds it left behind
      LOG.errorf(e, "the end of job %d could not be stored", job.id());
      return Afterwards.AGAIN;
    }
    if (ended.state() == JobState.SUCCEEDED || ended.state() == JobState.CANCELLED) {
      folders.delete(job.id()); // nobody goes on with it
    }
    return ended.state() == JobState.QUEUED ? Afterwards.AGAIN : Afterwards.FORGET;
  }

  /** The job that is worked on here. */
  Optional<Job> running() {
    return Optional.ofNullable(running).map(current -> current.job);
  }

  /** Stops the job before its next step, if it runs here; it is then what was wanted. */
  void ask(long id, JobState wanted) {
    stop(id, wanted == JobState.CANCELLED ? Stop.CANCELLED : Stop.PAUSED);
  }

  /** Stops the job before its next step, if it runs here; it goes on after the one that waits. */
  void overtake(long id) {
    stop(id, Stop.OVERTAKEN);
  }

  /** Stops the job before its next step, if it runs here; another worker has it. */
  void lose(long id) {
    stop(id, Stop.LOST);
  }

  private void stop(long id, Stop wanted) {
    Running current = running;
    if (current == null || current.job.id() != id) {
      return;
    }
    synchronized (current) {
      if (current.stop == null || wanted.compareTo(current.stop) < 0 || wanted == Stop.LOST) {
        current.stop = wanted; // who has cancelled a job does not want it to be paused instead
      }
    }
  }

  /** Stops what runs before its next step; it is queued again. Nothing is begun any more. */
  void shutDown() {
    shuttingDown = true;
  }

  /** If another worker has the job, its end is refused; if not, it is to go on. */
  private static Change disconnected() {
    return new Change(JobState.QUEUED, EndReason.DISCONNECTED, DISCONNECTED);
  }

  private static Change failed(String error) {
    return new Change(JobState.FAILED, EndReason.ERROR, error);
  }

  private static boolean isLost(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof LeaseLostException) {
        return true;
      }
    }
    return false;
  }

  private static String sentence(Throwable e) {
    if (DeviceMemory.isCauseOf(e)) {
      return "The memory of the device was not enough. Start it again with fewer images or a smaller"
          + " batch, or stop what else uses the device.";
    }
    if (isHeapFull(e)) {
      return "The memory was not enough. Start it again with fewer images, or give the program"
          + " more memory.";
    }
    return "An unexpected error ended the job; the server's log has the details.";
  }

  private static boolean isHeapFull(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError) {
        return true;
      }
    }
    return false;
  }
}
