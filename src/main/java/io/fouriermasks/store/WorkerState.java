package io.fouriermasks.store;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * A process of the lab as it last told of itself.
 *
 * @param name unlike that of any other process that lives
 * @param host name of its machine or container
 * @param device {@code cpu} or {@code cuda:N}, or null while its engine is being loaded
 * @param version of the program
 * @param isWorking whether it does jobs
 * @param startedAt when it was started
 * @param seenAt when it last gave a sign of life
 * @param job id of the job that it works on, or null
 * @param progress of that job as JSON, or null
 */
public record WorkerState(
    String name,
    String host,
    String device,
    String version,
    boolean isWorking,
    Instant startedAt,
    Instant seenAt,
    Long job,
    String progress) {

  private static final String CPU = "cpu";

  private static final Comparator<WorkerState> FIRST_COME =
      Comparator.comparing(WorkerState::startedAt).thenComparing(WorkerState::name);

  /**
   * The process that must end before this one may do jobs. A GPU is one process's: of several that
   * were started on the same one the first has it, for two trainings would share its memory, and
   * each would fail for what the other has taken. A CPU is everybody's; containers of one machine
   * are different hosts.
   *
   * @param alive all processes that live
   */
  public Optional<WorkerState> holderOfDevice(Collection<WorkerState> alive) {
    if (!isWorking || device == null || device.equals(CPU)) {
      return Optional.empty();
    }
    return alive.stream()
        .filter(other -> other.isWorking && other.host.equals(host) && device.equals(other.device))
        .min(FIRST_COME)
        .filter(first -> FIRST_COME.compare(first, this) < 0);
  }
}
