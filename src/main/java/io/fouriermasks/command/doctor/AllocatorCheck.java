package io.fouriermasks.command.doctor;

import java.util.List;
import java.util.Map;

/** What the launcher sets for libtorch; without it a step on a CPU takes several times as long. */
public final class AllocatorCheck implements Check {

  private static final List<String> SET =
      List.of("MALLOC_ARENA_MAX", "MALLOC_MMAP_MAX_", "MALLOC_TRIM_THRESHOLD_", "OMP_WAIT_POLICY");

  /** Where there is one, and in containers, jemalloc takes the place of glibc's allocator. */
  private static final List<String> SET_BESIDE_JEMALLOC = List.of("MALLOC_CONF", "OMP_WAIT_POLICY");

  private final Map<String, String> environment;

  public AllocatorCheck(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public String name() {
    return "allocator";
  }

  @Override
  public Finding look() {
    boolean isJemalloc = environment.getOrDefault("LD_PRELOAD", "").contains("jemalloc");
    List<String> missing =
        (isJemalloc ? SET_BESIDE_JEMALLOC : SET)
            .stream().filter(name -> !environment.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      return new Finding.Note(
          "%s not set, training on the CPU is slow; start the program with ./fourier-masks"
              .formatted(String.join(", ", missing)));
    }
    String policy = environment.get("OMP_WAIT_POLICY");
    return policy.equalsIgnoreCase("PASSIVE")
        ? new Finding.Ok(
            "%s keeps its pages, OpenMP's threads sleep while they wait"
                .formatted(isJemalloc ? "jemalloc" : "glibc"))
        : new Finding.Note(
            "OMP_WAIT_POLICY is %s: waiting threads take the cores; unset it".formatted(policy));
  }
}
