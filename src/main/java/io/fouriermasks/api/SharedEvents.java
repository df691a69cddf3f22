package io.fouriermasks.api;

import io.fouriermasks.job.JobFeed;
import io.fouriermasks.store.JobEvent;
import io.fouriermasks.store.JobEvents;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What follows in a job, read and written as text once for all readers that are equally far: fifty
 * of them cost the training little more than one.
 */
@Singleton
class SharedEvents {

  /** Events read at once. */
  static final int BATCH = 500;

  private static final int JOBS = 100;

  /** Readers at more different places than this read for themselves. */
  private static final int PLACES = 8;

  private final JobEvents events;
  private final JobFeed feed;
  private final Map<Long, Recent> recents = lru(JOBS);

  SharedEvents(JobEvents events, JobFeed feed) {
    this.events = events;
    this.feed = feed;
  }

  /** An event whose text is made when the first reader wants it. */
  static final class Shared {

    private final JobEvent event;
    private String text;

    private Shared(JobEvent event) {
      this.event = event;
    }

    JobEvent event() {
      return event;
    }

    /**
     * The text; it must depend on the event alone.
     *
     * @param writer makes it the first time
     */
    synchronized String text(Function<JobEvent, String> writer) {
      if (text == null) {
        text = writer.apply(event);
      }
      return text;
    }
  }

  /** Events that were all there were when the feed had counted {@code change} changes. */
  private record Batch(long change, List<Shared> events) {}

  /** What was read last of one job. */
  private final class Recent {

    private final long job;
    private final Map<Long, Batch> batches = lru(PLACES);

    private Recent(long job) {
      this.job = job;
    }

    private synchronized List<Shared> after(long seq) {
      Batch known = batches.get(seq);
      long change = feed.changes(job); // before reading: what comes later makes the batch old
      if (known == null || (known.events().size() < BATCH && known.change() != change)) {
        known = new Batch(change, events.after(job, seq, BATCH).stream().map(Shared::new).toList());
        batches.put(seq, known);
      }
      return known.events();
    }
  }

  /** At most {@link #BATCH} events of a job after number {@code seq}, in their order. */
  List<Shared> after(long job, long seq) {
    Recent recent;
    synchronized (recents) {
      recent = recents.computeIfAbsent(job, Recent::new);
    }
    return recent.after(seq);
  }

  private static <K, V> Map<K, V> lru(int most) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
      }
    };
  }
}
