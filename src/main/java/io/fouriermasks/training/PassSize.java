package io.fouriermasks.training;

import io.fouriermasks.network.DeviceMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * How many images go through a network in one pass: all, until the device's memory is not enough
 * for them; then half as many. What is computed of an image does not depend on it beyond rounding.
 * Twice is not tried: who has so little memory had better know.
 */
final class PassSize {

  private static final System.Logger LOG = System.getLogger(PassSize.class.getName());

  private final IntConsumer device;
  private int most = Integer.MAX_VALUE;

  /** As many as there are. */
  PassSize() {
    this(images -> {});
  }

  /**
   * @param device told before each pass how many images it has; a test stands for a small device
   *     with it
   */
  PassSize(IntConsumer device) {
    this.device = device;
  }

  /** As many as there are, on the same device: each thread needs its own. */
  PassSize another() {
    return new PassSize(device);
  }

  /** Images {@code from} to {@code to}, the latter excluded. */
  record Part(int from, int to) {
    int size() {
      return to - from;
    }
  }

  /**
   * Computes something about so many images and, if the memory is not enough, once more with half
   * as many in a pass.
   *
   * @param attempt has no effect if it fails
   */
  <T> T of(int images, Supplier<T> attempt) {
    try {
      return attempt.get();
    } catch (RuntimeException e) {
      boolean isHalved = most < Integer.MAX_VALUE;
      if (isHalved || images < 2 || !DeviceMemory.isCauseOf(e)) {
        throw e;
      }
      most = (images + 1) / 2;
      LOG.log(
          System.Logger.Level.WARNING,
          "the device''s memory is not enough for {0} images at once; going on with {1}",
          images,
          most);
      return attempt.get();
    }
  }

  /** The passes that so many images take. */
  List<Part> parts(int images) {
    List<Part> parts = new ArrayList<>();
    for (int from = 0; from < images; from += Math.min(most, images)) {
      parts.add(new Part(from, (int) Math.min((long) from + most, images)));
    }
    return parts;
  }

  /** A pass begins. */
  void begin(Part part) {
    device.accept(part.size());
  }
}
