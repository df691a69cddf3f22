package io.fouriermasks.command.doctor;

import java.util.List;
import java.util.Map;

/** What the launcher sets for libtorch; without it a step on a CPU takes several times as long. */
public final class AllocatorCheck implements Check {

  private static final List<String> SET =
      List.of("MALLOC_ARENA_MAX", "MALLOC_MMAP_MAX_", "MALLOC_TRIM_THRESHOLD_", "OMP_WAIT_POLICY");

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
    List<String> missing = SET.stream().filter(name -> !environment.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      return new Finding.Note(
          "%s not set, training on the CPU is slow; start the program with ./fourier-masks"
              .formatted(String.join(", ", missing)));
    }
    String policy = environment.get("OMP_WAIT_POLICY");
    return policy.equalsIgnoreCase("PASSIVE")
        ? new Finding.Ok("glibc keeps its pages, OpenMP's threads sleep while they wait")
        : new Finding.Note(
            "OMP_WAIT_POLICY is %s: waiting threads take the cores; unset it".formatted(policy));
  }
}
