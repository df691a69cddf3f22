package io.fouriermasks.job;

/**
 * What was removed.
 *
 * @param things how many
 * @param bytes that their files had
 */
record Freed(int things, long bytes) {

  static final Freed NOTHING = new Freed(0, 0);

  Freed and(Freed other) {
    return new Freed(things + other.things, bytes + other.bytes);
  }
}
