package io.fouriermasks.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.Jobs;
import io.fouriermasks.store.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each role may do, and how users are looked after. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(LockedLab.class)
class RolesApiTest {

  /** What is more than looking; everything else that is described is for every role. */
  private static final Map<String, Role> NEEDED =
      Map.ofEntries(
          Map.entry("POST /api/images", Role.RESEARCHER),
          Map.entry("POST /api/datasets", Role.RESEARCHER),
          Map.entry("POST /api/models/import", Role.RESEARCHER),
          Map.entry("POST /api/jobs", Role.RESEARCHER),
          Map.entry("POST /api/jobs/{id}/cancel", Role.RESEARCHER),
          Map.entry("POST /api/jobs/{id}/pause", Role.RESEARCHER),
          Map.entry("POST /api/jobs/{id}/resume", Role.RESEARCHER),
          Map.entry("POST /api/jobs/{id}/retry", Role.RESEARCHER),
          Map.entry("DELETE /api/images/{id}", Role.RESEARCHER),
          Map.entry("POST /api/images/{id}/restore", Role.RESEARCHER),
          Map.entry("DELETE /api/models/{id}", Role.RESEARCHER),
          Map.entry("POST /api/models/{id}/restore", Role.RESEARCHER),
          Map.entry("DELETE /api/datasets/{id}", Role.RESEARCHER),
          Map.entry("POST /api/datasets/{id}/restore", Role.RESEARCHER),
          Map.entry("DELETE /api/jobs/{id}", Role.RESEARCHER),
          Map.entry("POST /api/jobs/{id}/restore", Role.RESEARCHER),
          Map.entry("POST /api/studies", Role.RESEARCHER),
          Map.entry("POST /api/studies/{id}/cancel", Role.RESEARCHER),
          Map.entry("POST /api/estimates", Role.VIEWER),
          Map.entry("POST /api/estimates/measurements", Role.RESEARCHER),
          Map.entry("DELETE /api/embeddings", Role.RESEARCHER),
          Map.entry("GET /api/audit", Role.ADMIN),
          Map.entry("GET /api/users", Role.ADMIN),
          Map.entry("POST /api/users", Role.ADMIN),
          Map.entry("PATCH /api/users/{id}", Role.ADMIN),
          Map.entry("POST /api/users/{id}/token", Role.ADMIN));

  @TestHTTPResource("/")
  URI root;

  @Inject Jobs jobs;

  private static int names;

  private final Map<Role, String> tokens = new EnumMap<>(Role.class);

  @BeforeEach
  void one_user_of_each_role() {
    for (Role role : Role.values()) {
      tokens.put(role, add(name(), role).jsonPath().getString("token"));
    }
  }

  private static String name() {
    return "user" + names++;
  }

  private static RequestSpecification with(String token) {
    return given().redirects().follow(false).header("Authorization", "Bearer " + token);
  }

  private static RequestSpecification admin() {
    return with(LockedLab.TOKEN);
  }

  private static Response add(String name, Role role) {
    return admin()
        .contentType(ContentType.JSON)
        .body(Map.of("name", name, "role", role.label()))
        .post("/api/users")
        .then()
        .statusCode(201)
        .header("Cache-Control", containsString("no-store"))
        .header("Location", containsString("/api/users/"))
        .extract()
        .response();
  }

  @Test
  void every_operation_that_is_described_is_for_its_roles_and_for_no_other() {
    List<String> unknown = new ArrayList<>(NEEDED.keySet());
    int refused = 0;
    for (String operation : operations()) {
      unknown.remove(operation);
      String method = operation.substring(0, operation.indexOf(' '));
      if (!method.equals("GET")) {
        assertThat(NEEDED)
            .as("an operation that changes something needs a word")
            .containsKey(operation);
      }
      Role needed = NEEDED.getOrDefault(operation, Role.VIEWER);
      String address =
          operation.substring(operation.indexOf(' ') + 1).replaceAll("\\{[^}]*}", "987654");
      for (Role role : Role.values()) {
        Response answer = with(tokens.get(role)).request(method, address);
        if (role.includes(needed)) {
          assertThat(answer.statusCode())
              .as("%s of a %s", operation, role)
              .isNotIn(401, 403)
              .isLessThan(501);
        } else {
          answer
              .then()
              .statusCode(403)
              .contentType(Problem.MEDIA_TYPE)
              .body("detail", containsString("needs the role " + needed.label()))
              .body("detail", containsString(", " + role.label() + "."));
          refused++;
        }
      }
    }
    assertThat(unknown).as("operations that are not described").isEmpty();
    assertThat(refused).isGreaterThan(15);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api;x/users", "/api;x=1/audit", "/api/users;x", "/;/api/users", "/api/;x/users",
        "/x/../api/users", "/%61pi/users", "//api/users", "/api//users", "/api/./users"
      })
  void no_way_of_writing_an_address_makes_a_viewer_an_administrator(String path) throws Exception {
    String token = add(name(), Role.VIEWER).path("token");
    try (Socket socket = new Socket(root.getHost(), root.getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n"
                  .formatted(path, token)
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).doesNotStartWith("HTTP/1.1 200").doesNotContain("\"items\"");
    }
  }

  private static List<String> operations() {
    JsonPath description = admin().get("/q/openapi?format=json").jsonPath();
    Map<String, Map<String, Object>> paths = description.getMap("paths");
    List<String> operations = new ArrayList<>();
    paths.forEach(
        (path, methods) -> {
          for (String method : List.of("GET", "PUT", "POST", "DELETE", "PATCH")) {
            if (methods.containsKey(method.toLowerCase(Locale.ROOT))) {
              operations.add(method + " " + path);
            }
          }
        });
    assertThat(operations).hasSizeGreaterThan(50);
    return operations;
  }

  @Test
  void the_first_token_is_an_administrators() {
    admin()
        .get("/api/me")
        .then()
        .statusCode(200)
        .body("name", equalTo("admin"))
        .body("role", equalTo("admin"));
  }

  @Test
  void a_user_is_known_by_name_and_shut_out_at_once() {
    String name = name();
    JsonPath added = add(name, Role.VIEWER).jsonPath();
    String id = added.getString("user.id");
    String token = added.getString("token");
    with(token)
        .get("/api/me")
        .then()
        .statusCode(200)
        .body("name", equalTo(name))
        .body("role", equalTo("viewer"));
    admin()
        .get("/api/users")
        .then()
        .body("items.name", hasItem(name))
        .body("items.find { it.name == '%s' }.seenAt".formatted(name), notNullValue());

    change(id, Map.of("role", "researcher")).then().body("role", equalTo("researcher"));
    with(token).get("/api/me").then().body("role", equalTo("researcher"));
    change(id, Map.of("disabled", true)).then().body("disabledAt", notNullValue());
    with(token).get("/api/me").then().statusCode(401);
    change(id, Map.of("disabled", false)).then().body("disabledAt", nullValue());
    with(token).get("/api/me").then().statusCode(200);

    String another =
        admin().post("/api/users/%s/token".formatted(id)).jsonPath().getString("token");
    with(token).get("/api/me").then().statusCode(401);
    with(another).get("/api/me").then().statusCode(200);
  }

  private static Response change(String id, Map<String, Object> change) {
    return admin()
        .contentType(ContentType.JSON)
        .body(change)
        .patch("/api/users/" + id)
        .then()
        .statusCode(200)
        .extract()
        .response();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Anna",
        "1a",
        "a b",
        "<b>",
        "a/b",
        "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddx"
      })
  void a_name_that_cannot_be_one_is_refused_with_its_field(String name) {
    admin()
        .contentType(ContentType.JSON)
        .body(Map.of("name", name, "role", "viewer"))
        .post("/api/users")
        .then()
        .statusCode(400)
        .body("field", equalTo("name"));
  }

  @Test
  void what_is_wrong_with_a_user_is_said() {
    String name = name();
    add(name, Role.VIEWER);
    admin()
        .contentType(ContentType.JSON)
        .body(Map.of("name", name, "role", "viewer"))
        .post("/api/users")
        .then()
        .statusCode(409)
        .body("field", equalTo("name"));
    admin()
        .contentType(ContentType.JSON)
        .body(Map.of("name", name(), "role", "king"))
        .post("/api/users")
        .then()
        .statusCode(400)
        .body("field", equalTo("role"));
    admin()
        .contentType(ContentType.JSON)
        .body(Map.of())
        .patch("/api/users/1")
        .then()
        .statusCode(400);
    admin().post("/api/users/987654/token").then().statusCode(404);
  }

  @Test
  void an_upload_is_taken_whole_though_the_door_asks_the_database_first() {
    String fresh = add(name(), Role.RESEARCHER).jsonPath().getString("token");
    byte[] picture = TestPictures.noise(900, 700, 4711, "png");
    assertThat(picture.length).isGreaterThan(1_000_000);
    with(fresh)
        .multiPart("files", "noise.png", picture)
        .post("/api/images")
        .then()
        .statusCode(200)
        .body("files[0].image.width", equalTo(900));
  }

  @Test
  void the_stream_of_events_of_a_user_who_is_shut_out_ends() throws Exception {
    JsonPath added = add(name(), Role.VIEWER).jsonPath();
    long job = jobs.insert(JobSpecification.imageMasks("none", List.of())).id();
    HttpRequest request =
        HttpRequest.newBuilder(root.resolve("/api/events?jobs=" + job))
            .header("Authorization", "Bearer " + added.getString("token"))
            .build();
    HttpResponse<Stream<String>> events =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofLines());
    assertThat(events.statusCode()).isEqualTo(200);
    change(added.getString("user.id"), Map.of("disabled", true));
    // reads to its end
    assertThat(events.body().toList()).anyMatch(line -> line.startsWith("event:"));
  }

  @Test
  void signing_out_takes_the_cookie_away() {
    given()
        .delete("/api/access")
        .then()
        .statusCode(204)
        .header("Set-Cookie", containsString("Max-Age=0"));
  }
}
