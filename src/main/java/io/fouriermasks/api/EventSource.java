package io.fouriermasks.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.job.JobFeed;
import io.fouriermasks.job.JobProgress;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobEvent;
import io.fouriermasks.store.JobEvents;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.Jobs;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one reader has not seen yet of the jobs that it follows. Read from the database after the
 * reader's cursor, so that nothing is lost or repeated however slow it is; a reader that is far
 * behind gets a new snapshot. {@link #next} is called by one thread at a time.
 */
final class EventSource {

  private static final int TOO_FAR_BEHIND = 5000;

  /** About how many points of a job are in a snapshot; a longer history is thinned. */
  private static final int SNAPSHOT_POINTS = 4000;

  private final List<Long> followed;
  private final Parts parts;
  private final boolean withCurves;
  private final Set<Long> changed = ConcurrentHashMap.newKeySet();
  private final Map<Long, JobSpecification> specifications = new HashMap<>();
  private final Map<Long, JobProgress> sentProgress = new HashMap<>();
  private EventCursor cursor;

  /** Where the events come from. */
  record Parts(
      Jobs jobs,
      JobEvents events,
      SharedEvents shared,
      JobFeed feed,
      JobViews views,
      ObjectMapper json) {}

  private record Snapshot(List<JobSnapshot> jobs) {}

  private record JobSnapshot(
      JobView job, List<PointView> points, boolean thinned, List<PreviewView> previews) {}

  private record ProgressView(String job, JobProgress progress) {}

  /**
   * @param jobs those followed; they exist
   * @param cursor where the reader was, or null for a new one
   * @param withCurves whether it wants points and previews, which are most of what happens
   */
  EventSource(List<Job> jobs, EventCursor cursor, boolean withCurves, Parts parts) {
    this.followed = jobs.stream().map(Job::id).toList();
    this.parts = parts;
    this.withCurves = withCurves;
    jobs.forEach(job -> specifications.put(job.id(), job.specification()));
    changed.addAll(followed);
    this.cursor = cursor == null ? null : resume(cursor);
  }

  List<Long> followed() {
    return followed;
  }

  /** Something of this job may be new. */
  void changed(long job) {
    changed.add(job);
  }

  /** What comes next, in its order; empty if there is nothing new. */
  List<EventMessage> next() {
    if (cursor == null) {
      return List.of(snapshot());
    }
    List<EventMessage> messages = new ArrayList<>();
    // a part may be all of a kind that the reader does not want
    while (messages.isEmpty() && !changed.isEmpty()) {
      for (Long job : followed) {
        if (changed.remove(job)) {
          List<SharedEvents.Shared> events = parts.shared().after(job, cursor.seqs().get(job));
          if (events.size() == SharedEvents.BATCH && isFarBehind(job)) {
            return List.of(snapshot());
          }
          part(job, events, messages);
        }
      }
    }
    return messages;
  }

  private boolean isFarBehind(long job) {
    return parts.events().lastSeq(job) - cursor.seqs().get(job) > TOO_FAR_BEHIND;
  }

  /** What follows of a job, not too much at once. */
  private void part(long job, List<SharedEvents.Shared> events, List<EventMessage> messages) {
    for (SharedEvents.Shared shared : events) {
      JobEvent event = shared.event();
      cursor = cursor.with(job, event.seq());
      if (withCurves || !isOfCurve(event)) {
        messages.add(
            new EventMessage(
                cursor.toString(),
                event.kind().name().toLowerCase(Locale.ROOT),
                shared.text(this::text)));
      }
    }
    if (events.size() == SharedEvents.BATCH) {
      changed.add(job);
    }
    progress(job, messages);
  }

  /** The cursor of a reader that comes back, or null if it must start anew. */
  private EventCursor resume(EventCursor given) {
    Map<Long, Long> seqs = new LinkedHashMap<>();
    for (Long job : followed) {
      Long seen = given.seqs().get(job);
      if (seen == null || seen > parts.events().lastSeq(job)) {
        return null; // a job that it did not follow, or another database
      }
      seqs.put(job, seen);
    }
    return new EventCursor(seqs);
  }

  private EventMessage snapshot() {
    Map<Long, Long> seqs = new LinkedHashMap<>();
    List<JobSnapshot> snapshots = new ArrayList<>();
    for (Long job : followed) {
      // the number first: whatever comes later will follow as an event
      long seq = parts.events().lastSeq(job);
      seqs.put(job, seq);
      JobSpecification specification = specifications.get(job);
      Job then = parts.jobs().asOf(job, seq);
      if (!withCurves) {
        snapshots.add(new JobSnapshot(parts.views().of(then), List.of(), false, List.of()));
        continue;
      }
      List<PointView> points =
          parts.events().ofKind(job, JobEvent.Kind.POINT, null, JobEvents.Steps.ALL, seq).stream()
              .map(point -> parts.views().point(point, specification))
              .toList();
      List<PointView> drawn =
          CurveThinning.thin(points, CurveThinning.drawn(specification.kind()), SNAPSHOT_POINTS);
      snapshots.add(
          new JobSnapshot(
              parts.views().of(then),
              drawn,
              drawn.size() < points.size(),
              parts.events().newestPreviews(job, seq).stream()
                  .map(preview -> parts.views().preview(preview, specification))
                  .toList()));
    }
    cursor = new EventCursor(seqs);
    changed.addAll(followed);
    return new EventMessage(cursor.toString(), "snapshot", json(new Snapshot(snapshots)));
  }

  private static boolean isOfCurve(JobEvent event) {
    return event.kind() == JobEvent.Kind.POINT || event.kind() == JobEvent.Kind.MASK;
  }

  private String text(JobEvent event) {
    JobSpecification specification = specifications.get(event.job());
    JobViews views = parts.views();
    return json(
        switch (event.kind()) {
          case POINT -> views.point(event, specification);
          case MASK -> views.preview(event, specification);
          case ARTEFACT -> views.artefact(event, specification);
          case STATE -> views.of(parts.jobs().asOf(event.job(), event.seq()));
        });
  }

  private void progress(long job, List<EventMessage> messages) {
    JobProgress newest = parts.feed().progress(job).orElse(null);
    if (newest != null && !newest.equals(sentProgress.put(job, newest))) {
      messages.add(
          new EventMessage(
              cursor.toString(), "progress", json(new ProgressView(Long.toString(job), newest))));
    }
  }

  private String json(Object value) {
    try {
      return parts.json().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
