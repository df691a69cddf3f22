package io.fouriermasks.store;

import java.time.Instant;
import java.util.Locale;

/**
 * Something that happened to a job. The events of a job are numbered from 1, in the order in which
 * they became visible; without gaps, until {@link Previews} removes some.
 *
 * @param job the job
 * @param seq its number within the job
 * @param kind what happened
 * @param image index of the image in the job's specification, or null
 * @param step steps taken, or null
 * @param data the rest, as JSON
 * @param at when
 */
public record JobEvent(
    long job, long seq, Kind kind, Integer image, Integer step, String data, Instant at) {

  /** What can happen to a job. */
  public enum Kind {
    /** Values of one step of one image. */
    POINT,
    /** A preview of a mask in the middle of its training. */
    MASK,
    /** An image's mask is final. */
    ARTEFACT,
    /** The job's state changed. */
    STATE;

    String column() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(String column) {
      return valueOf(column.toUpperCase(Locale.ROOT));
    }
  }

  /** An event that has no number yet. */
  public record Draft(Kind kind, Integer image, Integer step, String data) {}
}
