package io.fouriermasks.command.doctor;

/** What a check has found. */
public sealed interface Finding {

  /** A sentence, or facts in few words. */
  String text();

  /** All is as it should be. */
  record Ok(String text) implements Finding {}

  /** It works, but not as well as it could, or something is good to know. */
  record Note(String text) implements Finding {}

  /**
   * The lab, or a part of it, does not work like this.
   *
   * @param remedy how to mend it, a sentence
   */
  record Problem(String text, String remedy) implements Finding {}
}
