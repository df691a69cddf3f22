package io.fouriermasks.network;

import java.util.List;

/** What the engine says when the memory of its device is not enough. */
public final class DeviceMemory {

  /** Of CUDA, of libtorch's allocator on the CPU. */
  private static final List<String> SIGNS =
      List.of("out of memory", "can't allocate memory", "not enough memory");

  private DeviceMemory() {}

  /** Whether an error came of a lack of the device's memory. */
  public static boolean isCauseOf(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (SIGNS.stream().anyMatch(message::contains)) {
        return true;
      }
    }
    return false;
  }
}
