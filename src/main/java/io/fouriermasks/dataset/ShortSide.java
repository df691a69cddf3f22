package io.fouriermasks.dataset;

/**
 * The size that torchvision's {@code Resize(size)} gives a picture: the short side becomes {@code
 * size}, the long side {@code int(size * long / short)}.
 *
 * @param width in pixels
 * @param height in pixels
 */
record ShortSide(int width, int height) {

  static ShortSide of(RgbImage image, int size) {
    int width = image.width();
    int height = image.height();
    return width <= height
        ? new ShortSide(size, longSide(size, height, width))
        : new ShortSide(longSide(size, width, height), size);
  }

  private static int longSide(int size, int longer, int shorter) {
    return (int) ((long) size * longer / shorter);
  }
}
