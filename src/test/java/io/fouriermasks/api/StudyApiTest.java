package io.fouriermasks.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs that are started together, and how long they take. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(OwnLab.class)
class StudyApiTest {

  private String image;

  @BeforeEach
  void a_photograph() {
    image =
        given()
            .multiPart("files", "study.png", TestPictures.noise(128, 128, 615, "png"))
            .post("/api/images")
            .path("files[0].image.id");
  }

  private Map<String, Object> mask(int maxSteps) {
    return Map.of(
        "kind",
        "image-mask",
        "model",
        LabFolder.MODEL,
        "images",
        List.of(image),
        "maxSteps",
        maxSteps);
  }

  private static ValidatableResponse submit(String name, List<?> jobs) {
    return given()
        .contentType("application/json")
        .body(Map.of("name", name, "jobs", jobs))
        .post("/api/studies")
        .then();
  }

  @Test
  void the_jobs_of_a_study_are_done_in_their_order() {
    JsonPath study =
        submit("two masks", List.of(mask(3), mask(4)))
            .statusCode(202)
            .header("Location", containsString("/api/studies/"))
            .body("name", equalTo("two masks"))
            .body("total", equalTo(2))
            .body("jobs", hasSize(2))
            .extract()
            .jsonPath();
    String id = study.getString("id");
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> given().get("/api/studies/" + id).path("done").equals(2));
    given()
        .get("/api/studies/" + id)
        .then()
        .body("states.SUCCEEDED", equalTo(2))
        .body("progress", equalTo(1f))
        .body("secondsLeft", equalTo(0f));
    given()
        .get("/api/jobs?study=" + id)
        .then()
        .body("items.id", equalTo(List.of(study.getString("jobs[1]"), study.getString("jobs[0]"))))
        .body("items[0].study", equalTo(id));
    given().get("/api/studies?limit=500").then().body("items.id", hasItem(id));
  }

  @Test
  void a_study_with_one_impossible_job_leaves_nothing_behind() {
    int before = given().get("/api/jobs?limit=500").jsonPath().getList("items").size();
    submit("broken", List.of(mask(3), Map.of("kind", "model-mask", "model", "nothing")))
        .statusCode(400)
        .contentType("application/problem+json")
        .body("field", equalTo("jobs[1].model"));
    submit("empty", List.of()).statusCode(400).body("field", equalTo("jobs"));
    submit(" ", List.of(mask(3))).statusCode(400).body("field", equalTo("name"));
    assertThat(given().get("/api/jobs?limit=500").jsonPath().getList("items")).hasSize(before);
  }

  @Test
  void a_cancelled_study_runs_none_of_its_waiting_jobs() {
    String id =
        submit("long", List.of(mask(20_000), mask(20_000), mask(20_000)))
            .statusCode(202)
            .extract()
            .path("id");
    given().post("/api/studies/" + id + "/cancel").then().statusCode(202);
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> given().get("/api/studies/" + id).path("done").equals(3));
    given().get("/api/studies/" + id).then().body("states.CANCELLED", equalTo(3));
    given().get("/api/studies/987654321").then().statusCode(404);
  }

  @Test
  void an_estimate_rests_on_what_was_measured() {
    Map<String, Object> heatMap =
        Map.of("kind", "heat-map", "model", LabFolder.MODEL, "dataset", dataset());
    estimate(heatMap)
        .statusCode(200)
        .body("basis", equalTo("unknown"))
        .body("seconds", nullValue())
        .body("text", containsString("not known yet"));
    JsonPath measured =
        given()
            .contentType("application/json")
            .body(heatMap)
            .post("/api/estimates/measurements")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    assertThat(measured.getString("basis")).isEqualTo("measured");
    assertThat(measured.getDouble("seconds")).isPositive();
    assertThat(estimate(heatMap).extract().jsonPath().getMap("$")).isEqualTo(measured.getMap("$"));
    JobCalls.awaitState(JobCalls.submit(mask(600)), "SUCCEEDED");
    JsonPath found = estimate(mask(600)).statusCode(200).extract().jsonPath();
    assertThat(found.getString("basis")).isEqualTo("measured");
    assertThat(found.getDouble("seconds")).isPositive();
    assertThat(found.getDouble("from")).isLessThanOrEqualTo(found.getDouble("seconds"));
    assertThat(found.getDouble("to")).isGreaterThanOrEqualTo(found.getDouble("seconds"));
    assertThat(found.getString("text")).contains("steps a second were measured on cpu");
    estimate(Map.of("kind", "image-mask", "model", "nothing", "images", List.of(image)))
        .statusCode(400)
        .body("field", equalTo("model"));
  }

  private static String dataset() {
    return given().get("/api/datasets").path("items[0].id");
  }

  private static ValidatableResponse estimate(Map<String, Object> specification) {
    return given()
        .contentType("application/json")
        .body(specification)
        .post("/api/estimates")
        .then();
  }
}
