package io.fouriermasks.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fouriermasks.spectrum.NpyArray;
import io.fouriermasks.store.ArtefactType;
import io.fouriermasks.store.Artefacts;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobEvent;
import io.fouriermasks.store.JobEvents;
import io.fouriermasks.store.Masks;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Where the work of one job puts what it finds: events in their order, files before the event that
 * names them, and the newest progress. Close it at the end of the work.
 */
final class JobOutput implements AutoCloseable {

  private static final Duration WRITE_INTERVAL = Duration.ofMillis(200);

  private final Job job;
  private final Opener parts;
  private final JobMeters.Work meters;
  private final EventWriter writer;
  private final Map<Integer, Integer> lastPoints;
  private final Set<String> dataOfLastPoints = new HashSet<>();
  private final Map<Integer, Integer> lastPreviews;
  private final Set<Integer> published;
  private final SpeedMeter speed = new SpeedMeter(System::nanoTime);

  /** Bytes of files that were kept and that the job's row does not know of yet. */
  private final LongAdder kept = new LongAdder();

  private JobOutput(Job job, Opener parts) {
    this.job = job;
    this.parts = parts;
    this.meters = parts.meters.of(job);
    this.lastPoints = parts.events.lastSteps(job.id(), JobEvent.Kind.POINT);
    lastPoints.forEach(
        (index, step) ->
            parts
                .events
                .ofKind(
                    job.id(),
                    JobEvent.Kind.POINT,
                    index,
                    new JobEvents.Steps(step, step),
                    Long.MAX_VALUE)
                .forEach(point -> dataOfLastPoints.add(point.data())));
    this.lastPreviews = parts.events.lastSteps(job.id(), JobEvent.Kind.MASK);
    this.published = parts.events.lastSteps(job.id(), JobEvent.Kind.ARTEFACT).keySet();
    this.writer = new EventWriter(parts.log, job.lease(), WRITE_INTERVAL);
  }

  /** Opens the outputs of jobs. */
  @Singleton
  static class Opener {

    private final Artefacts artefacts;
    private final JobEvents events;
    private final JobLog log;
    private final JobFeed feed;
    private final SpeedLog speeds;
    private final JobMeters meters;
    private final ObjectMapper json;

    Opener(
        Artefacts artefacts,
        JobEvents events,
        JobLog log,
        JobFeed feed,
        SpeedLog speeds,
        JobMeters meters,
        ObjectMapper json) {
      this.artefacts = artefacts;
      this.events = events;
      this.log = log;
      this.feed = feed;
      this.speeds = speeds;
      this.meters = meters;
      this.json = json;
    }

    JobOutput open(Job job) {
      return new JobOutput(job, this);
    }
  }

  /**
   * A point of a curve. One that was stored before the job was stopped, and is reached again by
   * going on from an older checkpoint, is not stored twice.
   *
   * @param index of the image or class in the job's specification, or null if there is one curve
   * @param values by the names of the kind's metrics; what is not finite, which JSON cannot say, is
   *     left out
   */
  void point(Integer index, int step, Map<String, ? extends Number> values) {
    values.values().removeIf(value -> !Double.isFinite(value.doubleValue()));
    String text = text(values);
    Integer last = lastPoints.get(index);
    // the last step of an epoch has two points, of which the program's end may leave the first
    // alone
    if (last != null && (step < last || (step == last && dataOfLastPoints.contains(text)))) {
      return;
    }
    writer.event(() -> new JobEvent.Draft(JobEvent.Kind.POINT, index, step, text));
  }

  /** A mask on its way; its files are written by another thread than the training's. */
  void preview(Integer index, int step, Supplier<PreviewFiles> files) {
    Integer last = lastPreviews.get(index);
    if (last != null && step <= last) {
      return;
    }
    meters.previews().increment();
    writer.event(() -> new JobEvent.Draft(JobEvent.Kind.MASK, index, step, text(files.get())));
    writer.run(this::count);
  }

  /** A final mask; its files are written by another thread than the training's. */
  void publish(Supplier<Masks.Made> made) {
    run(() -> parts.log.publish(job.lease(), made.get()));
  }

  /**
   * Whether the final mask of an image or class was stored before the job was stopped.
   *
   * @param index of it in the job's specification, or null if there is one mask
   */
  boolean isPublished(Integer index) {
    return published.contains(index);
  }

  /** Waits until what was reported so far is stored. */
  void flush() {
    writer.flush();
  }

  /** Something else that follows what was reported before. */
  void run(Runnable action) {
    writer.run(action);
    writer.run(this::count);
  }

  private void count() {
    long bytes = kept.sumThenReset();
    if (bytes > 0) {
      parts.events.made(job.lease(), bytes);
    }
  }

  /** The meters of this kind of job. */
  JobMeters.Work meters() {
    return meters;
  }

  /** How far the job is now. */
  void progress(JobProgress progress) {
    speed.progressed(progress);
    parts.feed.progressed(job.id(), progress);
  }

  /** Whether nothing can be stored any more. */
  boolean hasFailed() {
    return writer.hasFailed();
  }

  /** Keeps values; gives their artefact. */
  String values(float[] values) {
    return keep(ArtefactType.BIN, NpyArray.of(values, values.length).data());
  }

  /** Keeps a file; gives its artefact. */
  String keep(ArtefactType type, byte[] content) {
    String hash = parts.artefacts.put(type, content);
    meters.artefacts().increment(content.length);
    kept.add(content.length);
    return hash;
  }

  /** The job's specification as values that JSON can hold. */
  Map<?, ?> specification() {
    return parts.json.convertValue(job.specification(), Map.class);
  }

  private String text(Object value) {
    try {
      return parts.json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits until all is stored.
   *
   * @throws RuntimeException what kept it from being stored
   */
  @Override
  public void close() {
    parts.speeds.keep(job, speed);
    writer.close();
  }
}
