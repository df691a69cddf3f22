package io.fouriermasks.network;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.stream.IntStream;

/** Where to compute: reads {@code auto}, {@code cpu}, {@code cuda} and {@code cuda:N}. */
public final class Devices {

  private static final String CUDNN_TRIES = "ai.djl.pytorch.cudnn_benchmark";

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

  /** Threads that one operation on the CPU is shared by. Loads libtorch. */
  public static int threads() {
    engine();
    return JniUtils.getNumThreads();
  }

  /**
   * A CUDA device and its memory now, that of other programs included.
   *
   * @param name {@code cuda:N}
   * @param computeCapability such as 8.0
   * @param memoryUsed bytes
   * @param memoryTotal bytes
   */
  public record Cuda(String name, String computeCapability, long memoryUsed, long memoryTotal) {}

  /** The CUDA devices that libtorch sees. Loads it. */
  public static List<Cuda> cuda() {
    return IntStream.range(0, engine().getGpuCount()).mapToObj(Devices::cuda).toList();
  }

  private static Cuda cuda(int index) {
    MemoryUsage memory = CudaUtils.getGpuMemory(Device.gpu(index));
    String capability = CudaUtils.getComputeCapability(index);
    return new Cuda(
        name(Device.gpu(index)),
        capability.substring(0, capability.length() - 1)
            + "."
            + capability.substring(capability.length() - 1),
        memory.getCommitted(),
        memory.getMax());
  }

  private static Engine engine() {
    // the libraries are on the class path: never look for them, or report use, on the network
    System.setProperty("ai.djl.offline", System.getProperty("ai.djl.offline", "true"));
    System.setProperty("OPT_OUT_TRACKING", "true");
    // the shapes of a training are the same step after step: cuDNN may try which algorithm is fast
    System.setProperty(CUDNN_TRIES, System.getProperty(CUDNN_TRIES, "true"));
    return Engine.getInstance();
  }
}
