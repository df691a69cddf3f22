package io.fouriermasks.upgrade;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.fouriermasks.api.OwnLab;
import io.fouriermasks.network.Fingerprint;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Today's server on the data folder of the first release. */
@QuarkusTest
@QuarkusTestResource(value = FirstRelease.class, restrictToAnnotatedClass = true)
@TestProfile(OwnLab.class)
class FirstReleaseApiTest {

  @Test
  void an_old_job_is_shown_with_its_images_and_masks() {
    given()
        .get("/api/jobs/1")
        .then()
        .statusCode(200)
        .body("state", equalTo("SUCCEEDED"))
        .body("kind", equalTo("image-mask"))
        .body("model.name", equalTo("Compact, plain (surfaces)"))
        .body("images.id", contains(FirstRelease.GRASS, FirstRelease.SAND))
        .body("masks.id", contains("1", "2"))
        .body("masks[0].predictionKept", equalTo(true));
    given().get("/jobs/1").then().statusCode(200).body(containsString("<main"));
  }

  @Test
  void its_files_are_bit_for_bit_those_of_then() {
    assertThat(sha256("/api/masks/1.npy")).isEqualTo(FirstRelease.MASK_OF_GRASS);
    assertThat(sha256("/api/masks/2.npy")).isEqualTo(FirstRelease.MASK_OF_SAND);
    assertThat(sha256("/api/masks/1/masked.png")).isEqualTo(FirstRelease.MASKED_GRASS);
    assertThat(sha256("/api/images/%s.png".formatted(FirstRelease.GRASS)))
        .isEqualTo(FirstRelease.PICTURE_OF_GRASS);
  }

  @Test
  void its_curves_have_every_value() {
    List<Map<String, Object>> points =
        given().get("/api/jobs/1/points?image=" + FirstRelease.GRASS).path("items");
    assertThat(points).hasSize(120);
    assertThat(points.get(119).get("step")).isEqualTo(120);
    Map<?, ?> values = (Map<?, ?>) points.get(119).get("values");
    assertThat(((Number) values.get("sparsity")).doubleValue())
        .isCloseTo(0.1283196210861206, within(1e-7));
    List<Map<String, Object>> previews = given().get("/api/jobs/1/previews").path("items");
    assertThat(previews).hasSize(10);
    for (Map<String, Object> preview : previews) {
      given().get((String) preview.get("mask")).then().statusCode(200);
      given().get((String) preview.get("masked")).then().statusCode(200);
    }
  }

  @Test
  void the_table_of_jobs_sorts_and_finds_it_when_its_values_are_filled_in() {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> given().get("/api/jobs/table?q=alpine").<List<?>>path("items").size(),
            is -> is == 1);
    given().get("/api/jobs?state=CANCELLED").then().body("items.id", contains("2"));
    given().get("/api/jobs").then().body("items", hasSize(2));
  }

  private static String sha256(String path) {
    return new Fingerprint()
        .add(given().get(path).then().statusCode(200).extract().asByteArray())
        .hex();
  }
}
