package io.fouriermasks.api;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sweeps, from their text to the last mask. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(OwnLab.class)
class SweepApiTest {

  private static final String STUDY =
      """
      name: a tiny sweep
      dataset: photos
      family: FAMILY
      architectures: [compact]
      augmentations: [n, sn]
      train: {preset: quick, epochs: 1, batchSize: 4}
      masks:
        - {kind: model-mask, preset: minibatch, batchSize: 4, epochs: 1}
      """;

  private static ValidatableResponse submit(String yaml) {
    return given()
        .contentType("application/yaml")
        .body(yaml.getBytes(UTF_8))
        .post("/api/studies")
        .then();
  }

  private static JsonPath ended(String study) {
    await()
        .atMost(Duration.ofMinutes(3))
        .until(
            () -> {
              JsonPath now = given().get("/api/studies/" + study).jsonPath();
              return now.getInt("done") == now.getInt("total");
            });
    return given().get("/api/studies/" + study).jsonPath();
  }

  @Test
  void masks_wait_for_their_models_and_what_is_done_is_not_done_again() {
    String text = STUDY.replace("FAMILY", "swept");
    JsonPath first = submit(text).statusCode(202).extract().jsonPath();
    List<String> jobs = first.getList("jobs");
    assertThat(jobs).hasSize(4);
    assertThat(first.getList("reused")).isEmpty();
    assertThat(given().get("/api/jobs/" + jobs.get(3)).<List<String>>path("waitsFor"))
        .isEqualTo(List.of(jobs.get(2)));

    // while it is under way, the same study has nothing to do of its own
    JsonPath second = submit(text).statusCode(202).extract().jsonPath();
    assertThat(second.getList("jobs")).isEqualTo(jobs);
    assertThat(second.getList("reused")).isEqualTo(jobs);
    given().post("/api/studies/" + second.getString("id") + "/cancel").then().statusCode(202);

    assertThat(ended(first.getString("id")).getInt("states.SUCCEEDED")).isEqualTo(4);
    given()
        .get("/api/jobs/" + jobs.get(1))
        .then()
        .body("waitsFor", equalTo(List.of()))
        .body("model.family", equalTo("swept"))
        .body("masks.size()", equalTo(1));

    // one more augmentation is all that is new
    JsonPath third =
        submit(text.replace("[n, sn]", "[n, sn, tn]")).statusCode(202).extract().jsonPath();
    assertThat(third.getList("reused")).isEqualTo(jobs);
    assertThat(third.getInt("total")).isEqualTo(6);
    assertThat(ended(third.getString("id")).getInt("states.SUCCEEDED")).isEqualTo(6);

    // other settings would replace the models
    submit(text.replace("epochs: 1, batchSize: 4}\nmasks", "epochs: 2, batchSize: 4}\nmasks"))
        .statusCode(400)
        .body("field", equalTo("family"))
        .body("detail", containsString("swept-compact-n"));
  }

  @Test
  void what_waits_for_a_cancelled_training_fails_and_says_what_to_do() {
    String text =
        STUDY.replace("FAMILY", "given-up").replace("quick, epochs: 1", "quick, epochs: 5000");
    JsonPath study = submit(text).statusCode(202).extract().jsonPath();
    List<String> jobs = study.getList("jobs");
    for (int training : List.of(2, 0)) {
      given().post("/api/jobs/" + jobs.get(training) + "/cancel").then().statusCode(202);
    }
    JsonPath end = ended(study.getString("id"));
    assertThat(end.getInt("states.CANCELLED")).isEqualTo(2);
    assertThat(end.getInt("states.FAILED")).isEqualTo(2);
    given()
        .get("/api/jobs/" + jobs.get(1))
        .then()
        .body("reason", equalTo("error"))
        .body("error", containsString("job " + jobs.get(0)))
        .body("error", containsString("submit the study again"));

    // submitted again, it begins from the beginning
    JsonPath again = submit(text).statusCode(202).extract().jsonPath();
    assertThat(again.getList("reused")).isEmpty();
    given().post("/api/studies/" + again.getString("id") + "/cancel").then().statusCode(202);
    assertThat(ended(again.getString("id")).getInt("states.CANCELLED")).isEqualTo(4);
  }

  @Test
  void what_is_wrong_with_a_sweep_is_named() {
    submit(STUDY.replace("epochs: 1, batchSize: 4}\nmasks", "epoch: 1}\nmasks"))
        .statusCode(400)
        .contentType("application/problem+json")
        .body("field", equalTo("train.epoch"))
        .body("detail", containsString("epochs"));
    submit(STUDY.replace("FAMILY", "named").replace("[n, sn]", "[n, blurred]"))
        .statusCode(400)
        .body("field", equalTo("augmentations"));
    submit(
            STUDY
                .replace("train: {preset: quick, epochs: 1, batchSize: 4}\n", "")
                .replace("FAMILY", "nothing"))
        .statusCode(400)
        .body("field", equalTo("family"))
        .body("detail", containsString("'train'"));
    submit("name: [").statusCode(400).body("detail", containsString("line 1"));
  }
}
