package io.fouriermasks.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a Prometheus is told. Other tests share the program: only differences are compared. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
class MetricsApiTest {

  private static final String OF_MASKS = "{device=\"cpu\",kind=\"image-mask\"}";

  @Test
  void the_steps_of_a_job_are_counted_one_by_one() {
    await().until(() -> given().get("/api/system").path("engine.state").equals("ready"));
    List<String> images = List.of(photograph(801), photograph(802));
    double steps = value("fourier_masks_steps_total" + OF_MASKS);
    double seen = value("fourier_masks_images_total" + OF_MASKS);
    double previews = value("fourier_masks_previews_total" + OF_MASKS);
    double bytes = value("fourier_masks_artefacts_bytes_total" + OF_MASKS);
    String job =
        JobCalls.submit(
            Map.of(
                "kind", "image-mask", "model", LabFolder.MODEL, "images", images, "maxSteps", 25));
    JobCalls.awaitState(job, "SUCCEEDED");
    assertThat(value("fourier_masks_steps_total" + OF_MASKS) - steps).isEqualTo(50);
    assertThat(value("fourier_masks_images_total" + OF_MASKS) - seen).isEqualTo(50);
    int kept = given().get("/api/jobs/" + job + "/previews").jsonPath().getList("items").size();
    assertThat(kept).isPositive();
    assertThat(value("fourier_masks_previews_total" + OF_MASKS) - previews).isEqualTo(kept);
    assertThat(value("fourier_masks_artefacts_bytes_total" + OF_MASKS) - bytes)
        .as("two masks and their pictures at least")
        .isGreaterThan(2 * 128 * 128 * 4);
    await().until(() -> value("fourier_masks_jobs{state=\"succeeded\"}") >= 1);
  }

  @Test
  void readers_of_events_are_counted_while_they_read() throws Exception {
    String job =
        JobCalls.submit(
            Map.of(
                "kind",
                "image-mask",
                "model",
                LabFolder.MODEL,
                "images",
                List.of(photograph(803)),
                "maxSteps",
                5));
    double readers = value("fourier_masks_sse_clients");
    double events = value("fourier_masks_sse_events_total");
    try (EventReader reader = new EventReader(RestAssured.port, job, null)) {
      reader.readUntil(event -> event.name().equals("snapshot"));
      assertThat(value("fourier_masks_sse_clients")).isEqualTo(readers + 1);
      await().until(() -> value("fourier_masks_sse_events_total") > events);
    }
    JobCalls.awaitState(job, "SUCCEEDED");
    await().until(() -> value("fourier_masks_sse_clients") == readers);
  }

  @Test
  void refused_uploads_are_counted_by_their_reason() {
    double unreadable = refused("unreadable");
    double invalid = refused("invalid");
    given()
        .multiPart("files", "a.png", new byte[] {1, 2, 3}, "image/png")
        .multiPart("files", "b.png", TestPictures.noise(40, 40, 804, "png"), "image/png")
        .multiPart("files", "c.png", new byte[] {4}, "image/png")
        .post("/api/images")
        .then()
        .statusCode(200);
    assertThat(refused("unreadable") - unreadable).isEqualTo(2);
    given()
        .multiPart("file", "data.zip", new byte[] {1}, "application/zip")
        .multiPart("name", "broken")
        .post("/api/datasets")
        .then()
        .statusCode(400);
    assertThat(refused("invalid") - invalid).isEqualTo(1);
    assertThat(refused("unreadable") - unreadable).as("counted once").isEqualTo(2);
  }

  @Test
  void addresses_are_told_as_their_patterns_so_that_ids_do_not_fill_the_memory() {
    given().get("/api/images/0123456789abcdef");
    given().get("/api/nothing/no-such-page");
    assertThat(scrape())
        .contains("uri=\"/api/images/{id")
        .doesNotContain("/0123456789abcdef", "/no-such-page");
  }

  @Test
  void the_lab_is_told_to_answer_and_to_have_space() {
    await().until(() -> value("fourier_masks_database_up") == 1);
    assertThat(value("fourier_masks_disk_free_bytes")).isPositive();
    assertThat(scrape()).contains("jvm_memory_used_bytes", "fourier_masks_database_errors_total");
  }

  @Test
  void a_stranger_is_told_nothing() {
    given().header("Host", "evil.example.com").get("/q/metrics").then().statusCode(403);
  }

  private static double refused(String reason) {
    return value("fourier_masks_uploads_refused_total{reason=\"" + reason + "\"}");
  }

  /** The value of a series; 0 if nothing was counted yet. */
  private static double value(String series) {
    return scrape()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  private static String scrape() {
    String text = given().get("/q/metrics").then().statusCode(200).extract().asString();
    return text.replace(",}", "}"); // the older of the two text formats has a comma there
  }

  private static String photograph(int seed) {
    return given()
        .multiPart("files", seed + ".png", TestPictures.noise(150, 140, seed, "png"), "image/png")
        .post("/api/images")
        .then()
        .statusCode(200)
        .extract()
        .path("files[0].image.id");
  }
}
