package io.fouriermasks.command;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fouriermasks.page.KitServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built server, stopped and killed while it trains. */
class KilledServerIT {

  private static final String MODEL = "surfaces-compact-n";

  @TempDir Path folder;

  @Test
  void a_job_outlives_the_end_and_the_killing_of_its_server() throws Exception {
    Map<String, Object> specification;
    byte[] expected;
    List<Integer> steps;
    String job;
    try (KitServer first = KitServer.start(folder)) {
      String image = given().get(first.at("/api/images?limit=1")).path("items[0].id");
      specification =
          Map.of("kind", "image-mask", "model", MODEL, "images", List.of(image), "maxSteps", 1500);
      String undisturbed = submit(first, specification);
      awaitEnd(first, undisturbed);
      expected = mask(first, undisturbed);
      steps = steps(first, undisturbed);
      job = submit(first, specification);
      awaitSteps(first, job, 3);
    }
    int stoppedAt;
    try (KitServer second = KitServer.start(folder)) {
      // the end was in order: it goes on from where it was
      awaitSteps(second, job, 6);
      stoppedAt = steps(second, job).size();
      second.kill();
    }
    try (KitServer third = KitServer.start(folder)) {
      awaitEnd(third, job);
      assertThat(steps(third, job)).hasSizeGreaterThan(stoppedAt).isEqualTo(steps);
      assertThat(mask(third, job)).isEqualTo(expected);
      assertThat(given().get(third.at("/api/jobs?state=RUNNING")).<List<?>>path("items")).isEmpty();
    }
  }

  private static String submit(KitServer server, Map<String, Object> specification) {
    return given()
        .contentType("application/json")
        .body(specification)
        .post(server.at("/api/jobs"))
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  private static void awaitEnd(KitServer server, String job) {
    await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> given().get(server.at("/api/jobs/" + job)).path("state").equals("SUCCEEDED"));
  }

  private static void awaitSteps(KitServer server, String job, int points) {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> steps(server, job).size() >= points);
  }

  private static List<Integer> steps(KitServer server, String job) {
    return given().get(server.at("/api/jobs/" + job + "/points")).jsonPath().getList("items.step");
  }

  private static byte[] mask(KitServer server, String job) {
    String mask = given().get(server.at("/api/jobs/" + job)).path("masks[0].id");
    return given().get(server.at("/api/masks/" + mask + ".bin")).asByteArray();
  }
}
