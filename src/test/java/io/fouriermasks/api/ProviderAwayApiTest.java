package io.fouriermasks.api;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A lab whose provider has gone: it is open to those who have its own tokens. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(ProviderAwayApiTest.LabWithoutItsProvider.class)
class ProviderAwayApiTest {

  /** A lab whose provider is at an address where nothing answers. */
  public static class LabWithoutItsProvider implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "fourier-masks.access.token", LockedLab.TOKEN,
          "fourier-masks.oidc.url", "http://127.0.0.1:1",
          "fourier-masks.oidc.client-id", OidcProvider.CLIENT);
    }
  }

  @Test
  void it_starts_and_stays_in_service_and_its_health_says_what_is_wrong() {
    String check = "checks.find { it.name == 'provider' }.";
    await()
        .until(
            () -> given().get("/q/health/ready").path(check + "data.reason"),
            startsWith("http://127.0.0.1:1 does not answer."));
    await().until(() -> given().get("/q/health/ready").statusCode() == 200);
    given()
        .get("/q/health")
        .then()
        .statusCode(200)
        .body(check + "status", equalTo("UP"))
        .body(check + "data.answers", equalTo(false))
        .body(
            check + "data.reason",
            allOf(containsString("firewall"), containsString("tokens of the lab go on working")));
  }

  @Test
  void tokens_of_the_lab_open_it_and_others_are_told_to_wait() {
    given()
        .header("Authorization", "Bearer " + LockedLab.TOKEN)
        .get("/api/me")
        .then()
        .statusCode(200);
    given()
        .header("Authorization", "Bearer a.b.c")
        .get("/api/me")
        .then()
        .statusCode(503)
        .body("title", equalTo("The provider does not answer"));
  }
}
