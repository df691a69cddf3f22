package io.fouriermasks.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests as scanners and attackers send them, byte by byte: each is refused with a 4xx, tells
 * nothing of the inside, and the server goes on.
 */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
class HostileRequestsApiTest {

  private static final List<String> INSIDE =
      List.of("Exception", "\tat ", "io.fouriermasks", "io.quarkus", "java.", "select ", "root:x:");

  private record Answer(int status, String text) {}

  /** Sends exactly these bytes and reads what comes back. */
  private static Answer send(byte[] request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(text).startsWith("HTTP/1.");
      return new Answer(Integer.parseInt(text.substring(9, 12)), text);
    }
  }

  private static Answer send(String line, String body, String... headers) throws IOException {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    String head =
        Stream.concat(
                Stream.of(
                    line + " HTTP/1.1",
                    "Host: localhost",
                    "Connection: close",
                    "Content-Length: " + content.length),
                Stream.of(headers))
            .collect(Collectors.joining("\r\n", "", "\r\n\r\n"));
    byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
    byte[] request = new byte[start.length + content.length];
    System.arraycopy(start, 0, request, 0, start.length);
    System.arraycopy(content, 0, request, start.length, content.length);
    return send(request);
  }

  private static void assertRefused(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isBetween(400, 499);
    assertThat(answer.text()).doesNotContainIgnoringCase(INSIDE.toArray(String[]::new));
    assertThat(RestAssured.get("/api/system").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../../../etc/passwd",
        "/css/../../../../etc/passwd",
        "/css/..%2f..%2f..%2fapplication.properties",
        "/css/%2e%2e/%2e%2e/application.properties",
        "/css/..%5c..%5capplication.properties",
        "/webjars/../application.properties",
        "/application.properties",
        "/db/migration/V1__lab.sql",
        "/templates/layout.html",
        "/static/css/base.css",
        "/.git/config",
        "/WEB-INF/web.xml",
        "/api/artefacts/..%2f..%2flab.mv.db.bin",
        "/api/artefacts/0000000000000000000000000000000000000000000000000000000000000000.png",
        "/api/models/..%2f..%2f..%2fetc%2fpasswd/weights",
        "/api/models/%00/weights",
        "/api/images/1%27%20or%20%271%27=%271",
        "/api/images/-1",
        "/api/images/99999999999999999999999999",
        "/api/datasets/photos:..%2f..%2f..",
        "/api/masks/1%20or%201=1",
        "/api/masks/1;drop%20table%20mask.npz",
        "/api;x/system",
        "/api/colormaps/%3Cscript%3Ealert(1)%3C/script%3E",
        "/api/frequencies/2147483647.bin",
        "/api/frequencies/-8.bin"
      })
  void an_address_that_leads_elsewhere_leads_nowhere(String path) throws IOException {
    assertRefused(send("GET " + path, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/jobs?limit=-1",
        "/api/jobs?limit=999999999999",
        "/api/jobs?cursor=%27--",
        "/api/jobs?state=RUNNING%20or%201=1",
        "/api/jobs/table?sort=id;drop%20table%20job",
        "/api/jobs/table?metric=sparsity%27&sort=best",
        "/api/masks?model=1&limit=1e9",
        "/api/comparisons?masks=1,2,%00",
        "/api/events?jobs=1%0d%0aSet-Cookie:%20a=b"
      })
  void a_parameter_that_is_none_is_refused(String path) throws IOException {
    Answer answer = send("GET " + path, "");
    assertRefused(answer);
    assertThat(answer.text().substring(0, answer.text().indexOf("\r\n\r\n")))
        .doesNotContainIgnoringCase("set-cookie");
  }

  static Stream<String> bodies() {
    return Stream.of(
        "",
        "{",
        "null",
        "[]",
        "\"image-mask\"",
        "[".repeat(100_000),
        "{\"kind\":".repeat(5_000),
        "{\"kind\": \"image-mask\", \"model\": \"tiny-compact-n\", \"images\": [\"1\"], \"maxSteps\": 1e9999999}",
        "{\"kind\": \"image-mask\", \"model\": \"tiny-compact-n\", \"images\": [\"1\"], \"seed\": "
            + "9".repeat(5_000)
            + "}",
        "{\"kind\": \"java.lang.Runtime\", \"model\": \"x\"}",
        "{\"@class\": \"javax.script.ScriptEngineManager\", \"kind\": \"image-mask\"}",
        "{\"kind\": \"image-mask\", \"model\": \"../../etc/passwd\", \"images\": [\"1\"]}",
        "{\"kind\": \"model-mask\", \"model\": \"tiny-compact-n\", \"dataset\": \"/etc\"}",
        "{\"kind\": \"train-model\", \"architecture\": \"compact\", \"dataset\": \"photos\","
            + " \"family\": \"../../up\"}",
        "\0\0\0{\0\0\0\u00ff");
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void a_body_that_is_no_job_is_refused(String body) throws IOException {
    assertRefused(send("POST /api/jobs", body, "Content-Type: application/json"));
  }

  @Test
  void text_that_a_parser_takes_for_utf_32_is_the_senders_error() throws IOException {
    byte[] head =
        ("POST /api/jobs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: 8\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] request = new byte[head.length + 8];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(new byte[] {0, 0, 0, '{', 0x7b, 0x22, 0x6b, 0x69}, 0, request, head.length, 8);
    Answer answer = send(request);
    assertRefused(answer);
    assertThat(answer.text()).contains("The body is no JSON in UTF-8.");
  }

  @Test
  void a_study_in_yaml_makes_nothing_but_a_study() throws IOException {
    String bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n";
    for (char name = 'b'; name <= 'j'; name++) {
      char before = (char) (name - 1);
      bomb +=
          "%c: &%c [%s]\n".formatted(name, name, ("*" + before + ", ").repeat(8) + "*" + before);
    }
    for (String yaml :
        List.of(
            bomb,
            "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[]]]",
            "name: !!java.lang.Runtime {}")) {
      assertRefused(send("POST /api/studies", yaml, "Content-Type: application/yaml"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TRACE /api/system",
        "TRACK /",
        "CONNECT localhost:22",
        "PUT /api/jobs",
        "PROPFIND /"
      })
  void a_method_that_is_not_offered_is_refused_and_echoes_nothing(String line) throws IOException {
    Answer answer = send(line, "", "X-Secret: hunter2");
    assertRefused(answer);
    assertThat(answer.text()).doesNotContain("hunter2");
  }

  @Test
  void nothing_is_shared_with_pages_of_other_origins() throws IOException {
    Answer answer =
        send(
            "OPTIONS /api/jobs",
            "",
            "Origin: http://evil.example.com",
            "Access-Control-Request-Method: POST");
    assertThat(answer.text()).doesNotContainIgnoringCase("access-control-allow");
  }

  @Test
  void an_address_or_a_header_without_end_is_refused() throws IOException {
    assertRefused(send("GET /api/jobs?q=" + "a".repeat(20_000), ""));
    assertRefused(send("GET /api/jobs", "", "X-Long: " + "a".repeat(100_000)));
  }

  @Test
  void a_request_in_two_voices_is_refused() throws IOException {
    Answer answer =
        send(
            ("POST /api/jobs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 4\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/system HTTP/1.1\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    assertThat(answer.status()).isBetween(400, 499);
    assertThat(answer.text()).as("one answer").containsOnlyOnce("HTTP/1.");
  }
}
