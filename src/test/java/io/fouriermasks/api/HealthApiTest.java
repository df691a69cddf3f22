package io.fouriermasks.api;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** The health of a lab in order, and who is told of it. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
class HealthApiTest {

  @Test
  void a_lab_in_order_is_ready_and_says_why() {
    await().until(() -> given().get("/q/health/ready").statusCode() == 200);
    given()
        .get("/q/health/ready")
        .then()
        .body("checks.name", hasItems("database", "data folder", "libtorch"))
        .body("checks.name", not(hasItem("provider"))) // there is none to sign in through
        .body("checks.find { it.name == 'database' }.data.reason", equalTo("It answers."))
        .body("checks.find { it.name == 'data folder' }.data.freeBytes", greaterThan(0L))
        .body("checks.find { it.name == 'object storage' }.data.reason", equalTo("None is used."))
        .body("checks.find { it.name == 'libtorch' }.data.reason", containsString("engine is"));
  }

  @Test
  void the_queue_looks_for_jobs() {
    given()
        .get("/q/health/live")
        .then()
        .statusCode(200)
        .body("checks.find { it.name == 'queue' }.data.reason", equalTo("It looks for jobs."));
  }

  @Test
  void a_stranger_is_told_nothing() {
    given().header("Host", "evil.example.com").get("/q/health").then().statusCode(403);
  }
}
