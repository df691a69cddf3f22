package io.fouriermasks.dataset;

import java.util.random.RandomGenerator;

/**
 * torchvision's choice of a crop: its share of the area is uniform in [minScale, 1], its width by
 * its height log-uniform in [3/4, 4/3], its place uniform. If none of ten draws fits, the largest
 * central crop within those ratios.
 */
final class RandomResizedCrop {

  static final double MIN_RATIO = 3.0 / 4;
  static final double MAX_RATIO = 4.0 / 3;

  private static final int ATTEMPTS = 10;

  private final double minScale;

  RandomResizedCrop(double minScale) {
    if (!(minScale > 0 && minScale <= 1)) {
      throw new IllegalArgumentException(
          "The smallest scale of a crop must lie in (0, 1], not " + minScale);
    }
    this.minScale = minScale;
  }

  double minScale() {
    return minScale;
  }

  PixelBox draw(int width, int height, RandomGenerator random) {
    double area = (double) width * height;
    double low = Math.log(MIN_RATIO);
    double high = Math.log(MAX_RATIO);
    for (int i = 0; i < ATTEMPTS; i++) {
      double target = area * (minScale + random.nextDouble() * (1 - minScale));
      double ratio = Math.exp(low + random.nextDouble() * (high - low));
      int w = (int) Math.rint(Math.sqrt(target * ratio));
      int h = (int) Math.rint(Math.sqrt(target / ratio));
      if (w > 0 && w <= width && h > 0 && h <= height) {
        int top = random.nextInt(height - h + 1);
        int left = random.nextInt(width - w + 1);
        return new PixelBox(left, top, w, h);
      }
    }
    return central(width, height);
  }

  private static PixelBox central(int width, int height) {
    double ratio = (double) width / height;
    int w = width;
    int h = height;
    if (ratio < MIN_RATIO) {
      h = (int) Math.rint(w / MIN_RATIO);
    } else if (ratio > MAX_RATIO) {
      w = (int) Math.rint(h * MAX_RATIO);
    }
    return new PixelBox((width - w) / 2, (height - h) / 2, w, h);
  }
}
