package io.fouriermasks.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SideBySideTest {

  private final int processors = Devices.threads();
  private final Map<String, Integer> seen = new ConcurrentHashMap<>();

  @Test
  void each_of_several_has_its_part_of_the_processors_and_the_caller_keeps_all() {
    try (SideBySide sideBySide = new SideBySide(2)) {
      CountDownLatch both = new CountDownLatch(2);
      sideBySide.run(List.of(task("a", both), task("b", both)), Integer.MAX_VALUE);
    }
    int part = Math.max(1, processors / 2);
    assertThat(seen).containsExactlyInAnyOrderEntriesOf(Map.of("a", part, "b", part));
    assertThat(Devices.threads()).isEqualTo(processors);
  }

  @Test
  void a_thread_that_begins_later_has_all_processors() throws InterruptedException {
    try (SideBySide sideBySide = new SideBySide(1)) {
      sideBySide.run(List.of(task("small", new CountDownLatch(1))), 1);
    }
    Thread later = new Thread(task("later", new CountDownLatch(1)));
    later.start();
    later.join();
    assertThat(seen).containsExactlyInAnyOrderEntriesOf(Map.of("small", 1, "later", processors));
  }

  @Test
  void a_single_one_that_can_use_them_is_done_by_the_caller() {
    Thread[] by = new Thread[1];
    try (SideBySide sideBySide = new SideBySide(3)) {
      sideBySide.run(List.of(() -> by[0] = Thread.currentThread()), processors);
    }
    assertThat(by[0]).isSameAs(Thread.currentThread());
  }

  @Test
  void a_failure_is_thrown_when_all_have_ended() {
    List<Runnable> tasks =
        IntStream.range(0, 3)
            .<Runnable>mapToObj(
                i ->
                    () -> {
                      seen.put("task " + i, i);
                      if (i == 0) {
                        throw new IllegalArgumentException("the first");
                      }
                    })
            .toList();
    try (SideBySide sideBySide = new SideBySide(3)) {
      assertThatThrownBy(() -> sideBySide.run(tasks, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the first");
    }
    assertThat(seen).hasSize(3);
  }

  /** Waits for the others, so that no thread does two of them. */
  private Runnable task(String name, CountDownLatch all) {
    return () -> {
      all.countDown();
      try {
        all.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      seen.put(name, Devices.threads());
    };
  }
}
