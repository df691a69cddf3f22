package io.fouriermasks.dataset;

import java.util.Arrays;

/**
 * PIL's antialiased bilinear resize of 8-bit channels, bit for bit: a horizontal pass, rounded to 8
 * bits, then a vertical one, each in fixed point with 22 fractional bits. The triangle filter grows
 * with the scale when a picture shrinks, so that every source pixel counts.
 */
final class Resampling {

  private static final int PRECISION_BITS = 32 - 8 - 2;
  private static final int HALF = 1 << (PRECISION_BITS - 1);

  private Resampling() {}

  /** Resizes the whole picture to {@code width x height} pixels. */
  static RgbImage resize(RgbImage source, int width, int height) {
    return resize(
        source,
        PixelBox.whole(source.width(), source.height()),
        width,
        height,
        PixelBox.whole(width, height));
  }

  /**
   * Cuts {@code crop} out of the picture, resizes it to {@code width x height} and returns the
   * {@code window} of that. Pixels outside the crop have no influence; what lies outside the window
   * is not computed.
   */
  static RgbImage resize(RgbImage source, PixelBox crop, int width, int height, PixelBox window) {
    Taps columns = Taps.of(crop.width(), width, window.left(), window.width());
    Taps rows = Taps.of(crop.height(), height, window.top(), window.height());
    int firstRow = rows.first[0];
    int lastRow = rows.end(window.height() - 1);
    int channels = source.channels();
    int[] narrowed = new int[(lastRow - firstRow) * window.width() * channels];
    int stride = source.width() * channels;
    int start = (crop.top() + firstRow) * stride + crop.left() * channels;
    if (channels == 1) {
      horizontalGray(source.samples(), start, stride, columns, narrowed);
    } else {
      horizontalRgb(source.samples(), start, stride, columns, narrowed);
    }
    byte[] samples = vertical(narrowed, window.width() * channels, firstRow, rows);
    return new RgbImage(window.width(), window.height(), channels, samples);
  }

  private static void horizontalGray(
      byte[] source, int start, int stride, Taps taps, int[] narrowed) {
    int width = taps.first.length;
    int[] weights = taps.weights;
    for (int out = 0, row = start; out < narrowed.length; out += width, row += stride) {
      for (int x = 0; x < width; x++) {
        int from = row + taps.first[x];
        int weight = x * taps.width;
        int sum = HALF;
        for (int i = 0; i < taps.count[x]; i++) {
          sum += (source[from + i] & 0xff) * weights[weight + i];
        }
        narrowed[out + x] = sum >> PRECISION_BITS;
      }
    }
  }

  private static void horizontalRgb(
      byte[] source, int start, int stride, Taps taps, int[] narrowed) {
    int width = taps.first.length;
    int[] weights = taps.weights;
    for (int out = 0, row = start; out < narrowed.length; out += 3 * width, row += stride) {
      for (int x = 0; x < width; x++) {
        int from = row + 3 * taps.first[x];
        int weight = x * taps.width;
        int red = HALF;
        int green = HALF;
        int blue = HALF;
        for (int i = 0; i < taps.count[x]; i++, from += 3) {
          int w = weights[weight + i];
          red += (source[from] & 0xff) * w;
          green += (source[from + 1] & 0xff) * w;
          blue += (source[from + 2] & 0xff) * w;
        }
        int target = out + 3 * x;
        narrowed[target] = red >> PRECISION_BITS;
        narrowed[target + 1] = green >> PRECISION_BITS;
        narrowed[target + 2] = blue >> PRECISION_BITS;
      }
    }
  }

  private static byte[] vertical(int[] narrowed, int stride, int firstRow, Taps taps) {
    int height = taps.first.length;
    byte[] samples = new byte[height * stride];
    int[] sums = new int[stride];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sums, HALF);
      for (int i = 0; i < taps.count[y]; i++) {
        int row = (taps.first[y] + i - firstRow) * stride;
        int weight = taps.weights[y * taps.width + i];
        for (int x = 0; x < stride; x++) {
          sums[x] += narrowed[row + x] * weight;
        }
      }
      int out = y * stride;
      for (int x = 0; x < stride; x++) {
        samples[out + x] = (byte) (sums[x] >> PRECISION_BITS);
      }
    }
    return samples;
  }

  /**
   * The filter along one axis: output {@code o} is the sum of {@code count[o]} inputs from {@code
   * first[o]} on, by the weights from {@code o * width} on.
   *
   * <p>The weights are not negative and sum to {@code 2^22} but for half a unit each, so a sum
   * stays in 0 to 255 without clipping as long as there are less than 16000 of them.
   */
  private static final class Taps {
    final int[] first;
    final int[] count;
    final int[] weights;
    final int width;

    private Taps(int outputs, int width) {
      first = new int[outputs];
      count = new int[outputs];
      weights = new int[outputs * width];
      this.width = width;
    }

    /** The taps of the outputs {@code from} to {@code from + outputs - 1} of {@code outSize}. */
    static Taps of(int inSize, int outSize, int from, int outputs) {
      double scale = (double) inSize / outSize;
      double support = Math.max(scale, 1.0);
      double inverse = 1.0 / support;
      Taps taps = new Taps(outputs, (int) Math.ceil(support) * 2 + 1);
      double[] exact = new double[taps.width];
      for (int o = 0; o < outputs; o++) {
        double centre = (from + o + 0.5) * scale;
        int first = Math.max(0, (int) (centre - support + 0.5));
        int count = Math.min(inSize, (int) (centre + support + 0.5)) - first;
        double sum = 0;
        for (int i = 0; i < count; i++) {
          double distance = Math.abs((i + first - centre + 0.5) * inverse);
          exact[i] = distance < 1.0 ? 1.0 - distance : 0.0;
          sum += exact[i];
        }
        taps.first[o] = first;
        taps.count[o] = count;
        for (int i = 0; i < count; i++) {
          taps.weights[o * taps.width + i] = (int) (0.5 + exact[i] / sum * (1 << PRECISION_BITS));
        }
      }
      return taps;
    }

    int end(int output) {
      return first[output] + count[output];
    }
  }
}
