package io.fouriermasks.dataset;

/**
 * Turns, moves and scales a picture about its middle, with the nearest neighbour and black outside:
 * torchvision's {@code affine} of a PIL picture, pixel by pixel, whose fixed-point arithmetic is
 * followed.
 *
 * @param degrees clockwise on the screen
 * @param right pixels that the picture moves to the right
 * @param down pixels that it moves down
 * @param scale factor of its size, above 0
 */
record Affine(double degrees, int right, int down, double scale) {

  static final Affine IDENTITY = new Affine(0, 0, 0, 1);

  /** PIL walks along a row in steps of 1 / 65536 pixel. */
  private static final double FIXED = 65_536;

  GrayImage apply(GrayImage image) {
    if (equals(IDENTITY)) {
      return image;
    }
    int width = image.width();
    int height = image.height();
    double cos = Math.cos(Math.toRadians(degrees)) / scale;
    double sin = Math.sin(Math.toRadians(degrees)) / scale;
    double middleX = width * 0.5;
    double middleY = height * 0.5;
    double x0 = cos * (-middleX - right) + sin * (-middleY - down) + middleX;
    double y0 = -sin * (-middleX - right) + cos * (-middleY - down) + middleY;
    return sin == 0
        ? scaled(image, cos, x0, y0)
        : turned(image, cos, sin, x0 + cos * 0.5 + sin * 0.5, y0 - sin * 0.5 + cos * 0.5);
  }

  /** Without a turn, the columns and the rows are looked up apart. */
  private static GrayImage scaled(GrayImage image, double step, double x0, double y0) {
    int width = image.width();
    int height = image.height();
    int[] columns = lookUp(width, step, x0);
    int[] rows = lookUp(height, step, y0);
    byte[] source = image.pixels();
    byte[] pixels = new byte[source.length];
    for (int y = 0; y < height; y++) {
      if (rows[y] < 0) {
        continue;
      }
      for (int x = 0; x < width; x++) {
        if (columns[x] >= 0) {
          pixels[y * width + x] = source[rows[y] * width + columns[x]];
        }
      }
    }
    return new GrayImage(width, height, pixels);
  }

  /** For each place the place that it is taken from, -1 for one outside. */
  private static int[] lookUp(int length, double step, double start) {
    int[] places = new int[length];
    double at = start + step * 0.5;
    for (int i = 0; i < length; i++) {
      places[i] = at >= 0 && at < length ? (int) at : -1;
      at += step;
    }
    return places;
  }

  private static GrayImage turned(GrayImage image, double cos, double sin, double x0, double y0) {
    int width = image.width();
    int height = image.height();
    int alongX = fixed(cos);
    int alongY = fixed(-sin);
    int downX = fixed(sin);
    int downY = fixed(cos);
    int rowX = fixed(x0);
    int rowY = fixed(y0);
    byte[] source = image.pixels();
    byte[] pixels = new byte[source.length];
    for (int y = 0; y < height; y++) {
      int atX = rowX;
      int atY = rowY;
      for (int x = 0; x < width; x++) {
        int column = atX >> 16;
        int row = atY >> 16;
        if (column >= 0 && column < width && row >= 0 && row < height) {
          pixels[y * width + x] = source[row * width + column];
        }
        atX += alongX;
        atY += alongY;
      }
      rowX += downX;
      rowY += downY;
    }
    return new GrayImage(width, height, pixels);
  }

  private static int fixed(double value) {
    return (int) Math.floor(value * FIXED + 0.5);
  }
}
