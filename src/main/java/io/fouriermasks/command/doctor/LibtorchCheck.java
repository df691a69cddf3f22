package io.fouriermasks.command.doctor;

import io.fouriermasks.network.Devices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Whether libtorch loads, and the devices that it sees. */
public final class LibtorchCheck implements Check {

  /** Where NVIDIA's kernel module says which version it is. */
  private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");

  @Override
  public String name() {
    return "libtorch";
  }

  @Override
  public Finding look() {
    try {
      String named = System.getenv("PYTORCH_LIBRARY_PATH");
      String version = Devices.engineVersion() + (named == null ? "" : " of " + named);
      List<Devices.Cuda> cuda = Devices.cuda();
      if (!cuda.isEmpty()) {
        return new Finding.Ok(
            version
                + cuda.stream()
                    .map(
                        device ->
                            ", %s (compute %s, %d MB)"
                                .formatted(
                                    device.name(),
                                    device.computeCapability(),
                                    device.memoryTotal() >> 20))
                    .collect(Collectors.joining()));
      }
      String facts = "%s on the CPU, %d threads".formatted(version, Devices.threads());
      return Files.exists(DRIVER)
          ? new Finding.Note(
              facts
                  + "; there is an NVIDIA driver, but this build of libtorch sees no GPU: it is the"
                  + " one for CPUs, or the container was given no GPU")
          : new Finding.Ok(facts + "; no NVIDIA driver found: training uses the CPU");
    } catch (RuntimeException | LinkageError e) {
      return new Finding.Problem(
          "It does not load: " + e.getMessage(),
          "Remove the folder ~/.djl.ai, which holds the unpacked libraries, and look whether its"
              + " disk has space and the machine is Linux on x86-64.");
    }
  }
}
