package io.fouriermasks.network;

/**
 * PyTorch's adaptive average pooling as a matrix: output cell i of n over an axis of length h is
 * the mean of the inputs {@code floor(i h / n)} to {@code ceil((i + 1) h / n) - 1}.
 */
final class AdaptivePooling {

  private AdaptivePooling() {}

  /** {@code (height * width) x (size * size)} values, row-major; each column sums to 1. */
  static float[] matrix(int height, int width, int size) {
    float[] matrix = new float[height * width * size * size];
    for (int i = 0; i < size; i++) {
      int top = i * height / size;
      int bottom = ceilDiv((i + 1) * height, size);
      for (int j = 0; j < size; j++) {
        int left = j * width / size;
        int right = ceilDiv((j + 1) * width, size);
        float share = 1f / ((bottom - top) * (right - left));
        for (int row = top; row < bottom; row++) {
          for (int column = left; column < right; column++) {
            matrix[(row * width + column) * size * size + i * size + j] = share;
          }
        }
      }
    }
    return matrix;
  }

  private static int ceilDiv(int a, int b) {
    return (a + b - 1) / b;
  }
}
