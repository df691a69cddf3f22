package io.fouriermasks.job;

import io.fouriermasks.store.Image;

/** What became of a file that was handed in. */
public sealed interface IntakeResult {

  /** What the user called the file, as text. */
  String name();

  /** It is stored, or was before. */
  record Stored(String name, Image image) implements IntakeResult {}

  /**
   * It was not taken.
   *
   * @param reason for counting
   * @param title what it is about, in a few words
   * @param detail why, and what to do, in a sentence
   */
  record Refused(String name, Reason reason, String title, String detail) implements IntakeResult {}

  /** Why files are refused, in few words for many of them. */
  enum Reason {
    /** It is no picture that is taken, or damaged, or has too many pixels. */
    UNREADABLE,
    /** Its bytes are too many. */
    TOO_LARGE,
    /** Its decoding takes too long. */
    TOO_SLOW,
    /** The memory is too small for it. */
    MEMORY,
    /** The disk is full. */
    DISK_FULL,
    /** Something that nobody expected. */
    ERROR
  }
}
