package io.fouriermasks.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The program itself, its networks and colour maps, and what protects it. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
class SystemApiTest {

  @Test
  void the_system_tells_versions_queue_and_memory() {
    given()
        .get("/api/system")
        .then()
        .statusCode(200)
        .body("version", equalTo("0.1.0"))
        .body("java", containsString("."))
        .body("queue", hasKey("queued"))
        .body("queue", hasKey("running"))
        .body("memory.heapUsed", notNullValue())
        .body("memory.heapMax", notNullValue());
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> given().get("/api/system").path("engine.state").equals("ready"));
    given()
        .get("/api/system")
        .then()
        .body("engine.name", equalTo("PyTorch"))
        .body("engine.version", equalTo("2.7.1"))
        .body("engine.device", equalTo("cpu"))
        .body("engine.threads", greaterThan(0))
        .body("devices", hasSize(0));
  }

  @Test
  void the_system_tells_what_it_runs_on() {
    given()
        .get("/api/system")
        .then()
        .body("processor.processors", equalTo(Runtime.getRuntime().availableProcessors()))
        .body("processor.system", startsWith(System.getProperty("os.name")))
        .body("disk.total", greaterThan(0L))
        .body("paths.data", endsWith("/data"))
        .body("paths.samples", endsWith("/samples"))
        .body("versions.java", equalTo(Runtime.version().toString()))
        .body("versions.database", startsWith("H2 2."))
        .body("versions.quarkus", startsWith("3."))
        .body("versions.djl", startsWith("0."))
        .body("uptimeSeconds", greaterThanOrEqualTo(0));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void linux_tells_the_processor_and_the_memory() {
    JsonPath system = given().get("/api/system").jsonPath();
    assertThat(system.getString("processor.model")).isNotBlank();
    assertThat(system.getLong("memory.machineAvailable"))
        .isBetween(1L, system.getLong("memory.machineTotal"));
    assertThat(system.getLong("memory.resident"))
        .isBetween(1L << 20, system.getLong("memory.machineTotal"));
  }

  @Test
  void everything_that_is_shipped_is_listed_with_its_licence() {
    JsonPath shipped = given().get("/api/licences").jsonPath();
    assertThat(shipped.getList("items.findAll { it.licences.isEmpty() }.name")).isEmpty();
    assertThat(shipped.getList("items.artefact", String.class))
        .contains("com.h2database:h2", "org.webjars.npm:chart.js", "samples/photos")
        .noneMatch(artefact -> artefact != null && artefact.startsWith("org.junit"));
    assertThat(
            shipped.getList(
                "items.find { it.artefact == 'org.jdbi:jdbi3-core' }.licences", String.class))
        .containsExactly("Apache-2.0");
  }

  @Test
  void the_bill_of_materials_names_the_libraries_and_none_of_the_tests() {
    JsonPath bill =
        given()
            .get("/api/sbom")
            .then()
            .statusCode(200)
            .contentType("application/vnd.cyclonedx+json")
            .extract()
            .jsonPath();
    assertThat(bill.getString("bomFormat")).isEqualTo("CycloneDX");
    assertThat(bill.getString("metadata.component.name")).isEqualTo("fourier-masks");
    List<String> libraries = bill.getList("components.purl", String.class);
    assertThat(libraries)
        .anyMatch(library -> library.startsWith("pkg:maven/com.h2database/h2@"))
        .anyMatch(library -> library.startsWith("pkg:maven/ai.djl.pytorch/pytorch-native-cpu@"))
        .noneMatch(library -> library.startsWith("pkg:maven/org.junit"));
    // what the page lists by licence is the same, but for what no Maven dependency is
    List<String> listed =
        given().get("/api/licences").jsonPath().getList("items.artefact", String.class);
    assertThat(
            libraries.stream()
                .map(library -> library.replaceFirst("pkg:maven/([^/]+)/([^@]+)@.*", "$1:$2")))
        .isSubsetOf(listed)
        .isNotEmpty();
  }

  @Test
  void the_networks_of_the_samples_are_there_and_broken_files_are_not() {
    given()
        .get("/api/models")
        .then()
        .statusCode(200)
        .body("items", hasSize(1))
        .body("next", equalTo(null))
        .body("items[0].id", equalTo(LabFolder.MODEL))
        .body("items[0].family", equalTo("tiny"))
        .body("items[0].architecture", equalTo("compact"))
        .body("items[0].augmentation", equalTo("n"))
        .body("items[0].classes", hasSize(5))
        .body("items[0].parameters", equalTo(308_149));
    given()
        .get("/api/models/" + LabFolder.MODEL)
        .then()
        .statusCode(200)
        .body("name", equalTo("Compact, plain (tiny)"));
    given()
        .get("/api/models/none")
        .then()
        .statusCode(404)
        .body("detail", equalTo("There is no model none."));
  }

  @Test
  void colour_maps_have_256_colours() {
    given()
        .get("/api/colormaps/turbo")
        .then()
        .statusCode(200)
        .body("name", equalTo("turbo"))
        .body("colors", hasSize(256))
        .body("colors[0]", equalTo("#23171b"));
    given().get("/api/colormaps/gray").then().body("colors[255]", equalTo("#ffffff"));
    given().get("/api/colormaps/jet").then().statusCode(404);
  }

  @Test
  void every_answer_has_the_security_headers() {
    for (String path : List.of("/api/system", "/api/models/none", "/api/nothing")) {
      Response response = given().get(path);
      assertThat(response.header("Content-Security-Policy"))
          .as(path)
          .contains("default-src 'self'", "frame-ancestors 'none'", "script-src 'self'")
          .doesNotContain("unsafe");
      assertThat(response.header("X-Content-Type-Options")).as(path).isEqualTo("nosniff");
      assertThat(response.header("Referrer-Policy")).as(path).isEqualTo("no-referrer");
    }
  }

  @Test
  void an_unknown_address_below_api_is_a_problem() {
    given()
        .get("/api/nothing")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("title", equalTo("Not found"));
    given().delete("/api/system").then().statusCode(405).contentType("application/problem+json");
  }

  @Test
  void a_host_that_is_not_allowed_is_refused_and_told_how_to_allow_it() {
    given()
        .header("Host", "evil.example.com")
        .get("/api/system")
        .then()
        .statusCode(403)
        .contentType("application/problem+json")
        .body("detail", containsString("evil.example.com"))
        .body("detail", containsString("fourier-masks.allowed-hosts"));
    for (String host : List.of("localhost", "127.0.0.1:8081", "[::1]:8080", "lab.example.org")) {
      given().header("Host", host).get("/api/system").then().statusCode(200);
    }
  }

  @Test
  void a_page_of_another_origin_cannot_change_anything() {
    for (String origin : List.of("http://evil.example.com", "null", "http://localhost:1")) {
      given()
          .header("Origin", origin)
          .contentType("application/json")
          .body("{}")
          .post("/api/jobs")
          .then()
          .statusCode(403)
          .contentType("application/problem+json")
          .body("title", equalTo("Cross-site request"));
    }
    given()
        .header("Host", "lab.example.org")
        .header("Origin", "https://lab.example.org")
        .contentType("application/json")
        .body("{}")
        .post("/api/jobs")
        .then()
        .statusCode(400);
    given().header("Origin", "http://evil.example.com").get("/api/system").then().statusCode(200);
  }

  @Test
  void a_body_over_the_limit_is_refused_before_it_is_sent() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
      List<String> request =
          List.of(
              "POST /api/images HTTP/1.1",
              "Host: localhost",
              "Content-Length: 9999999999",
              "Content-Type: multipart/form-data; boundary=x",
              "",
              "");
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(String.join("\r\n", request).getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 413").contains("application/problem+json");
      assertThat(answer).contains("\"title\":\"The request is too large\"");
    }
  }

  @Test
  void the_interface_describes_itself() {
    given()
        .accept("application/json")
        .get("/q/openapi?format=json")
        .then()
        .statusCode(200)
        .body("paths.'/api/jobs'.post.summary", containsString("Submits"))
        .body("paths", hasKey("/api/masks/{id}.png"))
        .body("components.schemas", hasKey("Job"))
        .body("components.schemas", hasKey("Image"))
        .body("tags.name", hasItem("Jobs"));
  }
}
