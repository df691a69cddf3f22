package io.fouriermasks.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.fouriermasks.api.LabFolder;
import io.fouriermasks.api.OwnLab;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(OwnLab.class)
class SubmitCommandTest {

  private static final String STUDY =
      """
      name: submitted
      family: tiny
      dataset: photos
      architectures: [compact]
      augmentations: [n]
      masks:
        - {kind: heat-map, radius: 1, images: 2}
      """;

  @TempDir Path folder;

  @TestHTTPResource URI server;

  private final CommandHarness command = new CommandHarness();

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private int submit(Path file, String... more) {
    String[] args = new String[more.length + 3];
    args[0] = file.toString();
    args[1] = "--server";
    args[2] = server.toString();
    System.arraycopy(more, 0, args, 3, more.length);
    return command.run(new SubmitCommand(), args);
  }

  @Test
  void a_study_is_submitted_and_waited_for_and_the_second_time_it_is_there_already()
      throws IOException {
    Path study = file("study.yaml", STUDY);
    assertThat(submit(study, "--wait")).as(command.err()).isZero();
    assertThat(command.out()).contains("1 job, 0 of them there already", "1 of 1 jobs succeeded");
    assertThat(submit(study)).isZero();
    assertThat(command.out()).contains("1 job, 1 of them there already");
  }

  @Test
  void what_cannot_be_a_study_is_refused_before_a_server_is_asked() throws IOException {
    assertThat(submit(folder.resolve("missing.yaml"))).isEqualTo(2);
    assertThat(command.err()).contains("There is no file");
    assertThat(submit(file("typo.yaml", STUDY.replace("seeds", "seed") + "seed: [1]\n")))
        .isEqualTo(2);
    assertThat(command.err()).contains("typo.yaml: seed: There is no 'seed' here");
    assertThat(submit(file("broken.json", "{"))).isEqualTo(2);
    assertThat(command.err()).contains("line 1");
  }

  @Test
  void what_the_server_refuses_is_told_in_its_words() throws IOException {
    assertThat(submit(file("unknown.yaml", STUDY.replace("tiny", "nothing")))).isEqualTo(2);
    assertThat(command.err()).contains("family: There is no model nothing-compact-n.");
  }

  @Test
  void where_no_server_answers_it_says_how_to_start_one() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    Path study = file("study.yaml", STUDY);
    int code =
        command.run(new SubmitCommand(), study.toString(), "--server", "http://127.0.0.1:" + free);
    assertThat(code).isEqualTo(1);
    assertThat(command.err()).contains("No server answers", "fourier-masks serve");
    assertThat(command.run(new SubmitCommand(), study.toString(), "--server", "ftp://x"))
        .isEqualTo(2);
  }
}
