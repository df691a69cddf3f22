package io.fouriermasks.attack;

import ai.djl.ndarray.NDArray;

/** The smallest and the largest value of a batch. */
record Range(float low, float high) {

  static Range of(NDArray images) {
    try (NDArray low = images.min();
        NDArray high = images.max()) {
      return new Range(low.getFloat(), high.getFloat());
    }
  }

  /** A copy clamped to the range, attached to the manager of the values, which are closed. */
  NDArray clamp(NDArray values) {
    try (values) {
      return values.clip(low, high);
    }
  }
}
