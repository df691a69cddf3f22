package io.fouriermasks.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who sends too many requests, or tries too many tokens, waits as long as is said. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(PacedLab.class)
class RequestLimitTest {

  @Inject PacedLab.Minutes minutes;

  @BeforeEach
  void nobody_has_asked_for_a_while() {
    minutes.pass(Duration.ofMinutes(2));
  }

  private static void held(Response answer, int seconds, String detail) {
    answer
        .then()
        .statusCode(429)
        .contentType(Problem.MEDIA_TYPE)
        .header("Retry-After", equalTo(Integer.toString(seconds)))
        .body("title", equalTo("Too many requests"))
        .body("detail", equalTo(detail));
  }

  @Test
  void requests_are_counted_for_each_user_and_come_back_with_time() {
    LabUser hasty = LabUser.add("hasty", "viewer");
    LabUser calm = LabUser.add("calm", "viewer");
    for (int i = 0; i < PacedLab.REQUESTS; i++) {
      hasty.asks().get("/api/me").then().statusCode(200);
    }
    String refusal =
        "You have sent more than the 30 requests that one may send in a minute. Wait 2 s; a"
            + " program that asks often should ask more slowly.";
    held(hasty.asks().get("/api/jobs"), 2, refusal);
    held(hasty.asks().post("/api/images"), 2, refusal);
    calm.asks().get("/api/jobs").then().statusCode(200);
    // pages, what watches the lab, and what is for everybody are not counted
    hasty.asks().get("/jobs").then().statusCode(200);
    hasty.asks().get("/q/metrics").then().statusCode(200);
    given().get("/q/health/live").then().statusCode(200);

    minutes.pass(Duration.ofMillis(1_900));
    held(hasty.asks().get("/api/jobs"), 1, refusal.replace("2 s", "1 s"));
    minutes.pass(Duration.ofMillis(100));
    hasty.asks().get("/api/jobs").then().statusCode(200);
    held(hasty.asks().get("/api/jobs"), 2, refusal);
  }

  @Test
  void an_address_that_guesses_is_not_listened_to_but_who_was_let_in_before_goes_on() {
    LabUser known = LabUser.add("known", "viewer");
    LabUser late = LabUser.add("late", "viewer");
    known.asks().get("/api/me").then().statusCode(200);
    for (int i = 0; i < PacedLab.WRONG; i++) {
      new LabUser("nobody", "guess-" + i).asks().get("/api/me").then().statusCode(401);
    }
    String refusal = "Too many wrong tokens came from your address. Try again in 20 s.";
    held(new LabUser("nobody", "another").asks().get("/api/me"), 20, refusal);
    held(new LabUser("nobody", "another").asks().get("/q/metrics"), 20, refusal);
    // also the right one: else who guesses would learn that it is
    held(late.asks().get("/api/me"), 20, refusal);
    known.asks().get("/api/me").then().statusCode(200);
    // who shows none does not guess
    given().get("/api/me").then().statusCode(401);

    minutes.pass(Duration.ofSeconds(20));
    late.asks().get("/api/me").then().statusCode(200);
    late.asks().get("/api/me").then().statusCode(200);
    new LabUser("nobody", "another").asks().get("/api/me").then().statusCode(401);
    held(new LabUser("nobody", "again").asks().get("/api/me"), 20, refusal);
  }

  @Test
  void the_same_wrong_token_is_one_guess() {
    for (int i = 0; i < 5 * PacedLab.WRONG; i++) {
      new LabUser("nobody", "run-out").asks().get("/api/me").then().statusCode(401);
    }
    new LabUser("nobody", "another").asks().get("/api/me").then().statusCode(401);
  }

  @Test
  void a_browser_is_told_on_the_page_that_asks() {
    for (int i = 0; i < PacedLab.WRONG; i++) {
      given()
          .redirects()
          .follow(false)
          .formParam("token", "typed-" + i)
          .formParam("next", "/jobs")
          .post("/api/access")
          .then()
          .statusCode(303)
          .header("Location", containsString("/access?wrong=true&next=%2Fjobs"));
    }
    given()
        .redirects()
        .follow(false)
        .formParam("token", "typed")
        .formParam("next", "/jobs")
        .post("/api/access")
        .then()
        .statusCode(303)
        .header("Location", containsString("/access?wait=20&next=%2Fjobs"));
    given()
        .redirects()
        .follow(false)
        .queryParam("token", "in-the-address")
        .get("/jobs")
        .then()
        .statusCode(303)
        .header("Location", equalTo("/access?wait=20&next=%2Fjobs"));
    given()
        .get("/access?wait=20&next=%2Fjobs")
        .then()
        .statusCode(200)
        .body(containsString("Too many wrong tokens came from your address. Try again in 20 s."));
  }
}
