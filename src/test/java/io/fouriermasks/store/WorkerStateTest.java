package io.fouriermasks.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which of several processes on one device does jobs. */
class WorkerStateTest {

  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private static WorkerState worker(
      String host, int pid, String device, boolean isWorking, int startedAfter) {
    return new WorkerState(
        host + ":" + pid,
        host,
        device,
        "1.0",
        isWorking,
        START.plusSeconds(startedAfter),
        START.plusSeconds(60),
        null,
        null);
  }

  @Test
  void a_gpu_is_that_of_the_process_that_was_first() {
    WorkerState first = worker("a", 9, "cuda:0", true, 0);
    WorkerState second = worker("a", 3, "cuda:0", true, 1);
    WorkerState third = worker("a", 4, "cuda:0", true, 1);
    List<WorkerState> alive = List.of(third, second, first);
    assertThat(first.holderOfDevice(alive)).isEmpty();
    assertThat(second.holderOfDevice(alive)).contains(first);
    assertThat(third.holderOfDevice(alive)).contains(first);
    // started in the same moment: one of the two, and both agree which
    assertThat(second.holderOfDevice(List.of(third, second))).isEmpty();
    assertThat(third.holderOfDevice(List.of(third, second))).contains(second);
  }

  @Test
  void other_devices_machines_processors_and_servers_are_in_nobodys_way() {
    WorkerState own = worker("a", 5, "cuda:0", true, 9);
    assertThat(
            own.holderOfDevice(
                List.of(
                    own,
                    worker("a", 1, "cuda:1", true, 0),
                    worker("b", 1, "cuda:0", true, 0),
                    worker("a", 2, "cuda:0", false, 0),
                    worker("a", 3, null, true, 0))))
        .isEmpty();
    WorkerState onProcessor = worker("a", 6, "cpu", true, 9);
    assertThat(onProcessor.holderOfDevice(List.of(worker("a", 7, "cpu", true, 0)))).isEmpty();
    WorkerState loading = worker("a", 8, null, true, 9);
    assertThat(loading.holderOfDevice(List.of(own))).isEmpty();
  }
}
