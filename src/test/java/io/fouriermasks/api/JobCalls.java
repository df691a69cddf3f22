package io.fouriermasks.api;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.Map;

/** What tests ask of the jobs' interface. */
final class JobCalls {

  private static final Duration LONG = Duration.ofMinutes(2);

  private JobCalls() {}

  /** Submits a job that is accepted; gives its id. */
  static String submit(Map<String, ?> specification) {
    return given()
        .contentType("application/json")
        .body(specification)
        .post("/api/jobs")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  /** Submits a job that is refused. */
  static ValidatableResponse refused(Map<String, ?> specification) {
    return given()
        .contentType("application/json")
        .body(specification)
        .post("/api/jobs")
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
  }

  static void awaitState(String id, String state) {
    await()
        .atMost(LONG)
        .until(
            () -> given().get("/api/jobs/" + id).path("state"),
            found -> {
              if ("FAILED".equals(found) && !state.equals(found)) {
                throw new AssertionError(
                    "job failed: " + given().get("/api/jobs/" + id).path("error"));
              }
              return state.equals(found);
            });
  }
}
