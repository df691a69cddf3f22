package io.fouriermasks.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code submit} before a server that says when to come back. */
class BusyServerTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private static final Answer ACCEPTED = Answer.study(202, 0);
  private static final Answer DONE = Answer.study(200, 1);

  @TempDir Path folder;

  private final CommandHarness command = new CommandHarness();
  private final List<Duration> slept = new ArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Deque<Answer> answers = new ConcurrentLinkedDeque<>();
  private HttpServer server;

  /** One after the other; the last one for ever. */
  private record Answer(int status, String retryAfter, String body) {

    static Answer study(int status, int done) {
      String body =
          """
          {"id": "7", "total": 1, "done": %d, "reused": [], "states": {"SUCCEEDED": %1$d}}
          """
              .formatted(done);
      return new Answer(status, null, body);
    }

    static Answer busy(int status, String retryAfter) {
      return new Answer(status, retryAfter, "{\"detail\": \"You have sent too much.\"}");
    }
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/studies", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    asked.add(exchange.getRequestMethod());
    Answer answer = answers.size() > 1 ? answers.poll() : answers.peek();
    if (answer.retryAfter() != null) {
      exchange.getResponseHeaders().add("Retry-After", answer.retryAfter());
    }
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private int submit(List<String> more, Answer... script) throws IOException {
    answers.addAll(Arrays.asList(script));
    Path study = Files.writeString(folder.resolve("study.json"), "{\"jobs\": []}");
    List<String> args = new ArrayList<>(List.of(study.toString()));
    args.addAll(List.of("--server", "http://127.0.0.1:" + server.getAddress().getPort()));
    args.addAll(more);
    return command.run(new SubmitCommand(() -> NOW, slept::add), args.toArray(String[]::new));
  }

  private static List<Duration> seconds(long... seconds) {
    return Arrays.stream(seconds).mapToObj(Duration::ofSeconds).toList();
  }

  @Test
  void it_comes_back_when_the_server_says_and_tells_why_it_waits() throws IOException {
    int code =
        submit(
            List.of("--wait"),
            Answer.busy(429, "3"),
            ACCEPTED,
            Answer.busy(429, "7"),
            Answer.busy(503, "2"),
            DONE);
    assertThat(code).as(command.err()).isZero();
    assertThat(slept).isEqualTo(seconds(3, 1, 7, 2));
    assertThat(asked).containsExactly("POST", "POST", "GET", "GET", "GET");
    assertThat(command.out().lines())
        .contains(
            "waits 3 s, as the server asks: You have sent too much.",
            "study 7 waits 7 s, as the server asks: You have sent too much.",
            "study 7 waits 2 s, as the server asks: You have sent too much.",
            "1 of 1 jobs succeeded");
  }

  @Test
  void a_time_to_come_back_is_read_by_the_clock_and_one_that_has_passed_is_a_second()
      throws IOException {
    int code =
        submit(
            List.of("--wait"),
            Answer.busy(503, "Sun, 01 Mar 2026 12:00:30 GMT"),
            Answer.busy(503, "Sun, 01 Mar 2026 11:59:00 GMT"),
            Answer.busy(429, "0"),
            ACCEPTED,
            DONE);
    assertThat(code).as(command.err()).isZero();
    assertThat(slept).isEqualTo(seconds(30, 1, 1, 1));
  }

  @Test
  void a_server_that_is_always_busy_is_given_up_after_thirty_waits() throws IOException {
    assertThat(submit(List.of("--wait"), ACCEPTED, Answer.busy(429, "5"))).isEqualTo(1);
    assertThat(asked).hasSize(1 + 31);
    assertThat(slept).hasSize(1 + 30);
    assertThat(command.err()).isEqualTo("fourier-masks: You have sent too much.\n");
  }

  @Test
  void nobody_waits_longer_than_ten_minutes_or_for_a_time_that_is_none() throws IOException {
    assertThat(submit(List.of("--wait"), Answer.busy(429, "601"))).isEqualTo(1);
    answers.clear();
    assertThat(submit(List.of("--wait"), Answer.busy(429, "soon"))).isEqualTo(2);
    answers.clear();
    assertThat(submit(List.of("--wait"), Answer.busy(503, null))).isEqualTo(1);
    assertThat(slept).isEmpty();
  }

  @Test
  void without_waiting_it_says_at_once_that_the_server_is_busy() throws IOException {
    assertThat(submit(List.of(), Answer.busy(429, "3"))).isEqualTo(1);
    assertThat(command.err()).contains("You have sent too much.");
    assertThat(slept).isEmpty();
  }
}
