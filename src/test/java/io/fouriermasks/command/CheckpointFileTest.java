package io.fouriermasks.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fouriermasks.network.Tensor;
import io.fouriermasks.training.Checkpoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFileTest {

  private static final long SECOND = 1_000_000_000;

  @TempDir Path folder;
  private final AtomicLong now = new AtomicLong();
  private final AtomicBoolean interrupted = new AtomicBoolean();
  private final StringWriter err = new StringWriter();

  @Test
  void it_is_written_every_thirty_seconds_and_when_interrupted() {
    CheckpointFile file = file("a");
    assertThat(file.wantsCheckpoint()).isFalse();
    now.addAndGet(30 * SECOND);
    assertThat(file.wantsCheckpoint()).isTrue();
    file.onCheckpoint(checkpoint(7));
    assertThat(file.wantsCheckpoint()).isFalse();
    now.addAndGet(29 * SECOND);
    assertThat(file.wantsCheckpoint()).isFalse();
    interrupted.set(true);
    assertThat(file.wantsCheckpoint()).isTrue();
    assertThat(file.isCancelled()).isTrue();
  }

  @Test
  void a_slow_write_is_followed_by_ten_times_its_time_of_training() {
    AtomicLong slow = new AtomicLong();
    // the clock moves by five seconds between any two looks at it
    CheckpointFile file =
        new CheckpointFile(
            folder.resolve("slow"),
            Interruption.when(interrupted::get),
            Duration.ofSeconds(30),
            new PrintWriter(err, true),
            () -> slow.addAndGet(5 * SECOND));
    file.onCheckpoint(checkpoint(1)); // looks at 10 s and 15 s
    slow.set(55 * SECOND);
    assertThat(file.wantsCheckpoint()).isFalse(); // 60 s
    assertThat(file.wantsCheckpoint()).isTrue(); // 65 s
  }

  @Test
  void what_was_written_is_read_and_deleted() throws IOException {
    CheckpointFile file = file("b");
    assertThat(file.read("spec").isNone()).isTrue();
    assertThat(file.steps()).isZero();
    file.onCheckpoint(checkpoint(12));
    assertThat(file.steps()).isEqualTo(12);
    assertThat(file("b").read("spec").steps()).isEqualTo(12);
    assertThatThrownBy(() -> file("b").read("another"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("other settings");
    file.delete();
    assertThat(folder.resolve("b")).doesNotExist();
  }

  @Test
  void a_damaged_file_is_named_with_the_remedy() throws IOException {
    Files.writeString(folder.resolve("c"), "no checkpoint");
    assertThatThrownBy(() -> file("c").read("spec"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("Delete it to begin anew");
  }

  @Test
  void a_disk_that_is_full_does_not_end_the_training() throws IOException {
    Files.writeString(folder.resolve("d"), "a file where a folder should be");
    CheckpointFile file = file("d/checkpoint");
    file.onCheckpoint(checkpoint(3));
    assertThat(err.toString()).contains("could not be written");
    assertThat(file.steps()).isZero();
  }

  private CheckpointFile file(String name) {
    return new CheckpointFile(
        folder.resolve(name),
        Interruption.when(interrupted::get),
        Duration.ofSeconds(30),
        new PrintWriter(err, true),
        now::get);
  }

  private static Checkpoint checkpoint(int steps) {
    return new Checkpoint(
        "spec",
        Map.of("steps", Integer.toString(steps)),
        Map.of("mask", Tensor.of(new float[] {1, 0.5f})));
  }
}
