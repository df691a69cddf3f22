package io.fouriermasks.command.doctor;

/**
 * The memory of the machine or container, of which Java's heap is a part and libtorch takes more.
 */
public final class MemoryCheck implements Check {

  private static final long MEGABYTE = 1 << 20;

  /** Masks of many photographs under a small network fit into this. */
  private static final long LEAST = 2048 * MEGABYTE;

  private final long total;
  private final long heap;

  /** Of this process; a container's limit counts where there is one. */
  public static MemoryCheck here() {
    var system =
        (com.sun.management.OperatingSystemMXBean)
            java.lang.management.ManagementFactory.getOperatingSystemMXBean();
    return new MemoryCheck(system.getTotalMemorySize(), Runtime.getRuntime().maxMemory());
  }

  /**
   * @param total bytes of the machine, or the limit of the container
   * @param heap bytes that Java's heap may take
   */
  MemoryCheck(long total, long heap) {
    this.total = total;
    this.heap = heap;
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Finding look() {
    String facts =
        "%d MB, of which Java's heap may take %d MB".formatted(total / MEGABYTE, heap / MEGABYTE);
    return total >= LEAST
        ? new Finding.Ok(facts)
        : new Finding.Note(facts + "; little: give jobs few photographs and small batches");
  }
}
