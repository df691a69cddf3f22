package io.fouriermasks.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Jobs that are put aside and go on. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(OwnLab.class)
class PauseApiTest {

  private static final int STEPS = 600;

  private static String upload(String name, long seed) {
    return given()
        .multiPart("files", name, TestPictures.noise(128, 128, seed, "png"))
        .post("/api/images")
        .path("files[0].image.id");
  }

  private static List<Integer> steps(String job, String image) {
    return given()
        .get("/api/jobs/%s/points?image=%s".formatted(job, image))
        .jsonPath()
        .getList("items.step");
  }

  @Test
  void a_paused_job_goes_on_and_ends_with_the_undisturbed_masks() {
    List<String> images = List.of(upload("pause-a.png", 81), upload("pause-b.png", 82));
    Map<String, Object> specification =
        Map.of("kind", "image-mask", "model", LabFolder.MODEL, "images", images, "maxSteps", STEPS);
    String undisturbed = JobCalls.submit(specification);
    String paused = JobCalls.submit(specification);
    JobCalls.awaitState(undisturbed, "SUCCEEDED");
    await().atMost(Duration.ofMinutes(2)).until(() -> steps(paused, images.get(0)).size() > 5);

    given().post("/api/jobs/" + paused + "/pause").then().statusCode(202);
    JobCalls.awaitState(paused, "PAUSED");
    int before = steps(paused, images.get(0)).size();
    assertThat(given().get("/api/jobs/" + paused).<List<?>>path("masks")).isEmpty();
    // the device is free for another job
    JobCalls.awaitState(
        JobCalls.submit(
            Map.of(
                "kind", "image-mask", "model", LabFolder.MODEL, "images", images, "maxSteps", 2)),
        "SUCCEEDED");
    given().post("/api/jobs/" + paused + "/pause").then().statusCode(409);

    given().post("/api/jobs/" + paused + "/resume").then().statusCode(202);
    JobCalls.awaitState(paused, "SUCCEEDED");
    assertThat(steps(paused, images.get(0)))
        .hasSizeGreaterThan(before)
        .doesNotHaveDuplicates()
        .isEqualTo(steps(undisturbed, images.get(0)));
    List<String> expected = masks(undisturbed);
    List<String> found = masks(paused);
    assertThat(found).hasSize(2);
    for (int i = 0; i < 2; i++) {
      assertThat(plane(found.get(i))).isEqualTo(plane(expected.get(i)));
    }
    given().post("/api/jobs/" + paused + "/resume").then().statusCode(409);
  }

  @Test
  void a_paused_job_can_be_cancelled() {
    String image = upload("pause-c.png", 83);
    String job =
        JobCalls.submit(
            Map.of("kind", "image-mask", "model", LabFolder.MODEL, "images", List.of(image)));
    await().atMost(Duration.ofMinutes(2)).until(() -> !steps(job, image).isEmpty());
    given().post("/api/jobs/" + job + "/pause").then().statusCode(202);
    JobCalls.awaitState(job, "PAUSED");
    given()
        .post("/api/jobs/" + job + "/cancel")
        .then()
        .statusCode(202)
        .body("state", equalTo("CANCELLED"));
    given().post("/api/jobs/" + job + "/resume").then().statusCode(409);
  }

  @Test
  void what_is_not_there_cannot_be_paused() {
    given().post("/api/jobs/987654321/pause").then().statusCode(404);
    given().post("/api/jobs/x/resume").then().statusCode(404);
  }

  private static List<String> masks(String job) {
    return given().get("/api/jobs/" + job).jsonPath().getList("masks.id");
  }

  private static byte[] plane(String mask) {
    return given().get("/api/masks/" + mask + ".bin").asByteArray();
  }
}
