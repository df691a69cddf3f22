package io.fouriermasks.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Weights that come in and go out. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(CrowdedLab.class)
class ModelFilesApiTest {

  private static byte[] weights(String model) {
    return given()
        .get("/api/models/" + model + "/weights")
        .then()
        .statusCode(200)
        .header("Content-Disposition", containsString(model + ".safetensors"))
        .extract()
        .asByteArray();
  }

  private static ValidatableResponse importing(byte[] file, String family) {
    return given()
        .multiPart("file", "../../evil.safetensors", file)
        .multiPart("family", family)
        .post("/api/models/import")
        .then();
  }

  @Test
  void weights_that_went_out_come_in_as_a_model_of_another_family() {
    byte[] file = weights(LabFolder.MODEL);
    importing(file, "brought")
        .statusCode(201)
        .header("Location", containsString("/api/models/brought-compact-n"))
        .body("family", equalTo("brought"))
        .body("architecture", equalTo("compact"));
    given().get("/api/models/brought-compact-n").then().statusCode(200);
    // what was kept is what came, tensor by tensor
    importing(weights("brought-compact-n"), "brought-again").statusCode(201);
    assertThat(weights("brought-again-compact-n")).isEqualTo(weights("brought-compact-n"));
    importing(file, "brought")
        .statusCode(400)
        .body("field", equalTo("family"))
        .body("detail", containsString("already"));
  }

  @Test
  void what_is_no_model_is_refused() {
    byte[] file = weights(LabFolder.MODEL);
    byte[] broken = Arrays.copyOf(file, file.length - 100);
    for (byte[] bad :
        new byte[][] {
          "no weights".getBytes(StandardCharsets.UTF_8), new byte[0], new byte[64], broken
        }) {
      importing(bad, "bad")
          .statusCode(400)
          .contentType("application/problem+json")
          .body("field", equalTo("file"));
    }
    importing(file, "../up").statusCode(400).body("field", equalTo("family"));
    given().get("/api/models/bad-compact-n").then().statusCode(404);
    given()
        .multiPart("family", "x")
        .post("/api/models/import")
        .then()
        .statusCode(400)
        .body("field", equalTo("file"));
  }

  @Test
  void a_model_without_record_says_so() {
    given().get("/api/models/" + LabFolder.MODEL + "/record").then().statusCode(404);
    given().get("/api/models/nothing/record").then().statusCode(404);
    given().get("/api/models/nothing/weights").then().statusCode(404);
  }
}
