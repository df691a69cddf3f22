package io.fouriermasks.network;

import java.util.List;

/**
 * Values of one tensor on the heap.
 *
 * @param shape sizes of the axes, outermost first
 * @param values row-major; shared, not copied: do not change them
 */
@SuppressWarnings("ArrayRecordComponent") // large, shared, never compared
public record Tensor(List<Integer> shape, float[] values) {

  /** A list of values. */
  public static Tensor of(float[] values) {
    return new Tensor(List.of(values.length), values);
  }

  public Tensor {
    int elements = shape.stream().reduce(1, Math::multiplyExact);
    if (elements != values.length) {
      throw new IllegalArgumentException(
          "%d values do not fill the shape %s".formatted(values.length, shape));
    }
  }
}
