package io.fouriermasks.command;

import ai.djl.Device;
import io.fouriermasks.network.Devices;
import picocli.CommandLine.Option;

/** Where to compute. */
final class DeviceOption {

  @Option(
      names = "--device",
      defaultValue = "auto",
      paramLabel = "DEVICE",
      description = "auto, cpu, cuda or cuda:N (default: ${DEFAULT-VALUE})")
  private String device;

  /** Loads libtorch. */
  Device get() {
    try {
      return Devices.parse(device);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--device: " + e.getMessage(), e);
    }
  }

  String text() {
    return device;
  }
}
