package io.fouriermasks.dataset;

/**
 * A rectangle of pixels.
 *
 * @param left first column
 * @param top first row
 * @param width columns, at least 1
 * @param height rows, at least 1
 */
record PixelBox(int left, int top, int width, int height) {

  /** All of a {@code width x height} picture. */
  static PixelBox whole(int width, int height) {
    return new PixelBox(0, 0, width, height);
  }
}
