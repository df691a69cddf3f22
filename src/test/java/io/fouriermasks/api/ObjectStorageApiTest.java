package io.fouriermasks.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.fouriermasks.store.Bucket;
import io.fouriermasks.store.LabConfig;
import io.fouriermasks.store.ObjectServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A lab whose files are in a bucket. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(BucketOfLab.Profile.class)
class ObjectStorageApiTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  ObjectServer server;

  @Inject LabConfig config;
  @Inject Optional<Bucket> bucket;

  @Test
  void a_file_that_was_lost_here_is_brought_back() throws IOException {
    String picture = uploaded(1);
    byte[] before = given().get("/api/images/" + picture + ".png").asByteArray();
    assertThat(bucket.orElseThrow().names("artefacts/")).hasSizeGreaterThanOrEqualTo(2);
    loseFiles();
    assertThat(given().get("/api/images/" + picture + ".png").asByteArray()).isEqualTo(before);
  }

  @Test
  void while_the_storage_is_away_it_is_said_and_jobs_are_paused_until_it_is_back()
      throws IOException {
    await().atMost(PATIENCE).until(() -> reason().equals("s3://lab/of/the-lab/ answers."));
    String picture = uploaded(2);
    loseFiles();
    server.stop();
    String job;
    try {
      given()
          .get("/api/images/" + picture + ".png")
          .then()
          .statusCode(503)
          .header("Retry-After", notNullValue())
          .body("title", equalTo("The object storage does not answer"));
      given()
          .multiPart("files", "a.png", TestPictures.noise(30, 30, 3, "png"))
          .post("/api/images")
          .then()
          .body("files[0].image", equalTo(null));
      job =
          given()
              .contentType("application/json")
              .body(
                  Map.of(
                      "kind",
                      "image-mask",
                      "model",
                      LabFolder.MODEL,
                      "images",
                      List.of(picture),
                      "maxSteps",
                      3))
              .post("/api/jobs")
              .path("id");
      await().atMost(PATIENCE).until(() -> "PAUSED".equals(job(job).extract().path("state")));
      job(job).body("error", containsString("resume the job"));
      await().atMost(PATIENCE).until(() -> reason().contains("does not answer"));
      given().get("/q/health/ready").then().statusCode(503);
    } finally {
      server.startAgain();
    }
    given().post("/api/jobs/" + job + "/resume").then().statusCode(202);
    await().atMost(PATIENCE).until(() -> "SUCCEEDED".equals(job(job).extract().path("state")));
    await().atMost(PATIENCE).until(() -> given().get("/q/health/ready").statusCode() == 200);
    assertThat(bucket.orElseThrow().names("jobs/")).isEmpty();
  }

  private static ValidatableResponse job(String id) {
    return given().get("/api/jobs/" + id).then().statusCode(200);
  }

  private static String reason() {
    return given()
        .get("/q/health/ready")
        .path("checks.find { it.name == 'object storage' }.data.reason");
  }

  private static String uploaded(long seed) {
    return given()
        .multiPart("files", "a.png", TestPictures.noise(128, 128, seed, "png"))
        .post("/api/images")
        .path("files[0].image.id");
  }

  /** As on another machine. */
  private void loseFiles() throws IOException {
    Path artefacts = config.dataDir().resolve("artefacts");
    try (var all = Files.walk(artefacts)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
  }
}
