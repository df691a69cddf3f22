package io.fouriermasks.job;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells followers in this process that a job has something new. It carries no events: a follower
 * reads those from the database after its own cursor, so that none is lost or seen twice, however
 * slow it is. Only the progress of running jobs is kept here, the newest of each. What other
 * processes do comes from {@link FeedRelay}.
 */
@Singleton
public class JobFeed {

  private final Map<Long, Set<Follower>> followers = new ConcurrentHashMap<>();
  private final Map<Long, JobProgress> progress = new ConcurrentHashMap<>();
  private final Map<Long, Long> changes = new ConcurrentHashMap<>();

  /** Equal to nothing but itself: the same signal may be given twice. */
  private static final class Follower {
    private final Runnable signal;

    Follower(Runnable signal) {
      this.signal = signal;
    }
  }

  /** Ends when closed. */
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Calls {@code signal} after each change of one of these jobs. It runs on the thread that made
   * the change, so it must return at once; several changes may be one call.
   */
  public Subscription follow(Collection<Long> jobs, Runnable signal) {
    List<Long> followed = List.copyOf(jobs);
    Follower own = new Follower(signal);
    for (Long job : followed) {
      followers.compute(
          job,
          (id, signals) -> {
            Set<Follower> all = signals == null ? ConcurrentHashMap.newKeySet() : signals;
            all.add(own);
            return all;
          });
    }
    return () -> {
      for (Long job : followed) {
        followers.computeIfPresent(
            job,
            (id, signals) -> {
              signals.remove(own);
              return signals.isEmpty() ? null : signals;
            });
      }
    };
  }

  /** The jobs that somebody follows in this process. */
  Set<Long> followed() {
    return Set.copyOf(followers.keySet());
  }

  /** How far a job is; empty unless it runs. */
  public Optional<JobProgress> progress(long job) {
    return Optional.ofNullable(progress.get(job));
  }

  /** How often something of the job was committed since the program started. */
  public long changes(long job) {
    return changes.getOrDefault(job, 0L);
  }

  /** Something of the job was committed. */
  public void changed(long job) {
    changes.merge(job, 1L, Long::sum);
    signal(job);
  }

  private void signal(long job) {
    followers.getOrDefault(job, Set.of()).forEach(follower -> follower.signal.run());
  }

  void progressed(long job, JobProgress newest) {
    progress.put(job, newest);
    signal(job);
  }

  void ended(long job) {
    progress.remove(job);
  }
}
