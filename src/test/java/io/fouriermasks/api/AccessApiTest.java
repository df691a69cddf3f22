package io.fouriermasks.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.containsStringIgnoringCase;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who comes in where a token is needed. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(LockedLab.class)
class AccessApiTest {

  @TestHTTPResource("/")
  URI root;

  private static RequestSpecification stranger() {
    return given().redirects().follow(false);
  }

  private static RequestSpecification friend() {
    return stranger().header("Authorization", "Bearer " + LockedLab.TOKEN);
  }

  @Test
  void every_operation_that_is_described_refuses_a_stranger() {
    JsonPath description =
        friend().get("/q/openapi?format=json").then().statusCode(200).extract().jsonPath();
    Map<String, Map<String, Object>> paths = description.getMap("paths");
    int operations = 0;
    for (Map.Entry<String, Map<String, Object>> path : paths.entrySet()) {
      for (String method : List.of("GET", "PUT", "POST", "DELETE", "PATCH")) {
        if (path.getValue().containsKey(method.toLowerCase(Locale.ROOT))
            && !path.getKey().startsWith("/q/health")) {
          String address = path.getKey().replaceAll("\\{[^}]*}", "1");
          stranger()
              .request(method, address)
              .then()
              .statusCode(401)
              .header("WWW-Authenticate", "Bearer")
              .contentType(Problem.MEDIA_TYPE);
          operations++;
        }
      }
    }
    assertThat(operations).isGreaterThan(50);
  }

  @Test
  void a_program_shows_the_token_as_a_header() {
    friend().get("/api/jobs").then().statusCode(200);
    stranger()
        .header("Authorization", "bearer " + LockedLab.TOKEN)
        .get("/api/jobs")
        .then()
        .statusCode(200);
    for (String wrong : List.of("Bearer ", "Bearer wrong", "Basic " + LockedLab.TOKEN)) {
      stranger().header("Authorization", wrong).get("/api/jobs").then().statusCode(401);
    }
    // in an address it would be written down on its way
    stranger().queryParam("token", LockedLab.TOKEN).get("/api/jobs").then().statusCode(401);
    stranger().get("/q/metrics").then().statusCode(401);
    friend().get("/q/metrics").then().statusCode(200);
  }

  @Test
  void a_browser_is_asked_once_and_known_by_a_cookie_that_scripts_cannot_read() {
    stranger()
        .queryParam("by", "study")
        .queryParam("q", "a&b")
        .get("/jobs")
        .then()
        .statusCode(303)
        .header("Location", "/access?next=%2Fjobs%3Fby%3Dstudy%26q%3Da%2526b");
    stranger()
        .formParam("token", "wrong")
        .formParam("next", "/jobs")
        .post("/api/access")
        .then()
        .statusCode(303)
        .header("Location", containsString("/access?wrong=true&next=%2Fjobs"))
        .header("Set-Cookie", equalTo(null));
    String cookie =
        stranger()
            .formParam("token", LockedLab.TOKEN)
            .formParam("next", "/jobs?by=study")
            .post("/api/access")
            .then()
            .statusCode(303)
            .header("Location", containsString("/jobs?by=study"))
            .extract()
            .header("Set-Cookie");
    assertThat(cookie)
        .containsIgnoringCase("HttpOnly")
        .contains("SameSite=Strict", "Path=/", "Max-Age=");
    stranger()
        .header("Cookie", cookie.substring(0, cookie.indexOf(';')))
        .get("/api/jobs")
        .then()
        .statusCode(200);
  }

  @Test
  void the_address_that_a_first_start_prints_opens_the_page_and_forgets_the_token() {
    stranger()
        .queryParam("token", LockedLab.TOKEN)
        .queryParam("by", "study")
        .get("/jobs")
        .then()
        .statusCode(303)
        .header("Location", equalTo("/jobs?by=study"))
        .header("Set-Cookie", containsStringIgnoringCase("HttpOnly"));
    stranger()
        .queryParam("token", "wrong")
        .get("/jobs")
        .then()
        .statusCode(303)
        .header("Location", equalTo("/access?next=%2Fjobs"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"//evil.example", "/\\evil.example", "https://evil.example", "", "/a\r\nX: y"})
  void after_the_token_nobody_is_sent_to_another_server(String next) {
    stranger()
        .formParam("token", LockedLab.TOKEN)
        .formParam("next", next)
        .post("/api/access")
        .then()
        .statusCode(303)
        .header("Location", equalTo("http://%s:%d/".formatted(root.getHost(), root.getPort())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/css/../api/jobs",
        "/css/%2e%2e/api/jobs",
        "/css/..%2fapi/jobs",
        "//api/jobs",
        "/api//jobs",
        "/./api/jobs",
        "/q/health/../../api/jobs",
        "/access/../api/jobs",
        "/api/jobs;/access",
        "/api/jobs/",
        "/API/jobs"
      })
  void no_way_of_writing_an_address_leads_around_the_door(String path) throws Exception {
    // as it is written: a client that tidies it up would prove nothing
    try (var socket = new Socket(root.getHost(), root.getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                  .formatted(path)
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).doesNotStartWith("HTTP/1.1 200").doesNotContain("\"items\"");
    }
  }

  @Test
  void a_token_in_an_address_is_never_logged() {
    List<String> logged = Collections.synchronizedList(new ArrayList<>());
    Handler listener =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            logged.add(entry.getMessage() + Arrays.toString(entry.getParameters()));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger root = Logger.getLogger("");
    root.addHandler(listener);
    try {
      for (String path : List.of("/jobs", "/api/jobs", "/q/metrics", "/nothing")) {
        stranger().queryParam("token", LockedLab.TOKEN).get(path);
        stranger().queryParam("token", "wrong-but-secret").get(path);
      }
      Logger.getLogger("io.fouriermasks").warning("the listener hears");
    } finally {
      root.removeHandler(listener);
    }
    assertThat(logged)
        .anyMatch(line -> line.contains("the listener hears"))
        .noneMatch(line -> line.contains(LockedLab.TOKEN) || line.contains("wrong-but-secret"));
  }

  @Test
  void what_the_question_consists_of_and_the_health_are_for_everybody() throws Exception {
    for (String path :
        List.of("/access", "/css/base.css", "/js/theme.js", "/icons.svg", "/q/health/live")) {
      stranger().get(path).then().statusCode(200).body(not(containsString(LockedLab.TOKEN)));
    }
    HttpResponse<String> page =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(root.resolve("/access?next=%22%3E%3Cscript%3E")).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(page.body()).contains("&quot;&gt;&lt;script&gt;").doesNotContain("\"><script>");
  }
}
