package io.fouriermasks.network;

import ai.djl.Device;
import ai.djl.engine.Engine;

/** Where to compute: reads {@code auto}, {@code cpu}, {@code cuda} and {@code cuda:N}. */
public final class Devices {

  private Devices() {}

  /**
   * The device of that name. Loads libtorch, which takes seconds the first time.
   *
   * @throws IllegalArgumentException if the text names no device, or one that this machine does not
   *     have
   */
  public static Device parse(String text) {
    if (text.equals("cpu")) {
      return Device.cpu();
    }
    Engine engine = engine();
    if (text.equals("auto")) {
      return engine.getGpuCount() > 0 ? Device.gpu(0) : Device.cpu();
    }
    if (!text.matches("cuda(:\\d{1,3})?")) {
      throw new IllegalArgumentException(
          "'%s' is no device; use auto, cpu, cuda or cuda:N".formatted(text));
    }
    int index = text.equals("cuda") ? 0 : Integer.parseInt(text.substring("cuda:".length()));
    if (index >= engine.getGpuCount()) {
      throw new IllegalArgumentException(
          "There is no device %s: libtorch sees %d CUDA devices here. Use cpu or auto."
              .formatted(text, engine.getGpuCount()));
    }
    return Device.gpu(index);
  }

  /** Name and version of the engine, such as {@code PyTorch 2.7.1}; loads it if need be. */
  public static String engineVersion() {
    Engine engine = engine();
    return engine.getEngineName() + " " + engine.getVersion();
  }

  /** {@code cpu} or {@code cuda:N}. */
  public static String name(Device device) {
    return device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu";
  }

  private static Engine engine() {
    // the libraries are on the class path: never look for them, or report use, on the network
    System.setProperty("ai.djl.offline", System.getProperty("ai.djl.offline", "true"));
    System.setProperty("OPT_OUT_TRACKING", "true");
    return Engine.getInstance();
  }
}
