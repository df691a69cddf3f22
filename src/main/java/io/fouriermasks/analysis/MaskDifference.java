package io.fouriermasks.analysis;

import io.fouriermasks.spectrum.ColorMap;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.spectrum.MaskPicture;
import java.util.Collection;

/**
 * How a mask differs from a baseline: the raw difference, not rescaled, so that zero keeps its
 * meaning. Several are drawn on one symmetric scale by giving all of them their {@link
 * #commonLimit}.
 *
 * @param size side of the plane in cells
 * @param values {@code M - baseline} of the centred plane, {@code size * size} values, row-major
 * @param limit the largest absolute value
 */
@SuppressWarnings("ArrayRecordComponent") // drawn, never compared
public record MaskDifference(int size, float[] values, float limit) {

  /**
   * The difference {@code mask - baseline}.
   *
   * @throws IllegalArgumentException if the masks differ in size
   */
  public static MaskDifference of(FourierMask mask, FourierMask baseline) {
    if (mask.size() != baseline.size()) {
      throw new IllegalArgumentException(
          "Masks of the sizes %d and %d have no difference"
              .formatted(mask.size(), baseline.size()));
    }
    float[] values = mask.centredPlane();
    float[] subtracted = baseline.centredPlane();
    float limit = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] -= subtracted[i];
      limit = Math.max(limit, Math.abs(values[i]));
    }
    return new MaskDifference(mask.size(), values, limit);
  }

  /** The mean of the values. */
  public double mean() {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** The largest absolute value of them all; 1 if all are zero everywhere, as a scale needs. */
  public static float commonLimit(Collection<MaskDifference> differences) {
    float limit = 0;
    for (MaskDifference difference : differences) {
      limit = Math.max(limit, difference.limit);
    }
    return limit > 0 ? limit : 1;
  }

  /**
   * A PNG, one pixel a frequency: blue where the mask keeps less than the baseline, gray where both
   * keep the same, red where it keeps more.
   *
   * @param limit value of the scale's red end, and minus that of its blue end
   */
  public byte[] png(float limit) {
    return MaskPicture.png(values, size, -limit, limit, ColorMap.COOLWARM, false);
  }
}
