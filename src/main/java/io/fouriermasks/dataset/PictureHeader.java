package io.fouriermasks.dataset;

/**
 * What the container says of a picture before a pixel is decoded.
 *
 * @param width in pixels, at least 1, as stored
 * @param height in pixels, at least 1, as stored
 * @param components stored values a pixel
 * @param colour how the components are coded
 * @param orientation of the stored pixels
 * @param essential the file without what could only do harm: profiles, texts, thumbnails
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PictureHeader(
    int width,
    int height,
    int components,
    Colour colour,
    Orientation orientation,
    byte[] essential) {

  enum Colour {
    PLAIN,
    CMYK,
    YCCK
  }
}
