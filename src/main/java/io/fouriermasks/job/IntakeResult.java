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
   * @param title what it is about, in a few words
   * @param detail why, and what to do, in a sentence
   */
  record Refused(String name, String title, String detail) implements IntakeResult {}
}
