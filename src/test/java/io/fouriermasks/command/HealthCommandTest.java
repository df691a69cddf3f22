package io.fouriermasks.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.fouriermasks.api.LabFolder;
import io.fouriermasks.api.OwnLab;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(OwnLab.class)
class HealthCommandTest {

  @TestHTTPResource URI server;

  private final CommandHarness command = new CommandHarness();

  private int health(int port) {
    return command.run(new HealthCommand(), "--port", Integer.toString(port));
  }

  @Test
  void a_server_that_is_well_is_told_check_by_check() {
    assertThat(health(server.getPort())).as(command.err()).isZero();
    assertThat(command.out().lines())
        .anyMatch(line -> line.startsWith("UP   database"))
        .anyMatch(line -> line.startsWith("UP   queue"))
        .noneMatch(line -> line.startsWith("DOWN"));
  }

  @Test
  void where_nobody_answers_it_fails_and_says_where_it_asked() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    assertThat(health(port)).isEqualTo(1);
    assertThat(command.err())
        .isEqualTo(
            "fourier-masks: no lab answers at http://127.0.0.1:%d/q/health%n".formatted(port));
  }
}
