package io.fouriermasks.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fouriermasks.store.ProviderDiscovery.Answer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a lab is said with what to do. */
class HealthChecksTest {

  private static final long MB = 1 << 20;

  @TempDir Path folder;

  @Test
  void a_queue_that_polls_is_alive_and_one_that_does_not_is_not() {
    assertThat(queue(true, 119)).returns(Status.UP, HealthCheckResponse::getStatus);
    HealthCheckResponse silent = queue(true, 121);
    assertThat(silent.getStatus()).isEqualTo(Status.DOWN);
    assertThat(reason(silent)).contains("121 s", "start the program again");
    assertThat(reason(queue(false, 1000))).isEqualTo("Other processes do the jobs.");
  }

  @Test
  void a_disk_is_full_when_nothing_can_be_kept_and_before_that_only_worth_a_word() {
    assertThat(DataFolderCheck.judge(folder, 600 * MB, 100 * MB, 500 * MB))
        .returns(Status.UP, HealthCheckResponse::getStatus)
        .returns("It can be written and has space.", HealthChecksTest::reason);
    HealthCheckResponse low = DataFolderCheck.judge(folder, 499 * MB, 100 * MB, 500 * MB);
    assertThat(low.getStatus()).isEqualTo(Status.UP);
    assertThat(reason(low)).contains("Only 499 MB", "make space soon");
    HealthCheckResponse full = DataFolderCheck.judge(folder, 99 * MB, 100 * MB, 500 * MB);
    assertThat(full.getStatus()).isEqualTo(Status.DOWN);
    assertThat(reason(full)).contains("99 MB are free", folder.toString());
  }

  @Test
  void a_folder_that_has_become_a_file_cannot_be_written() throws Exception {
    Path file = Files.writeString(folder.resolve("data"), "no folder");
    HealthCheckResponse answer = DataFolderCheck.judge(file, 600 * MB, 100 * MB, 500 * MB);
    assertThat(answer.getStatus()).isEqualTo(Status.DOWN);
    assertThat(reason(answer)).contains("cannot be written");
  }

  @Test
  void a_provider_that_is_away_is_worth_a_word_and_takes_no_lab_out_of_service() {
    URI url = URI.create("https://login.example.org");
    HealthCheckResponse away =
        ProviderCheck.judge(url, Optional.of(new Answer.Failure("It hangs.", "Look at it.")));
    assertThat(away.getStatus()).isEqualTo(Status.UP);
    assertThat(away.getData().orElseThrow()).containsEntry("answers", false);
    assertThat(reason(away))
        .startsWith("It hangs. Look at it. Until then nobody can sign in through it");
    HealthCheckResponse there =
        ProviderCheck.judge(url, Optional.of(new Answer.Document("another name", false)));
    assertThat(there.getData().orElseThrow()).containsEntry("answers", true);
    assertThat(reason(there)).isEqualTo("https://login.example.org answers.");
    assertThat(reason(ProviderCheck.judge(url, Optional.empty()))).contains("not been asked yet");
  }

  private static HealthCheckResponse queue(boolean isWorking, int seconds) {
    return new QueueCheck(isWorking, () -> Duration.ofSeconds(seconds)).call();
  }

  private static String reason(HealthCheckResponse response) {
    return (String) response.getData().orElseThrow().get("reason");
  }
}
