package io.fouriermasks.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.fouriermasks.job.MaskIntake;
import io.fouriermasks.store.LabConfig;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Maps of single-image masks, over HTTP; the masks are taken in as the tests go on. */
@QuarkusTest
// a lab of its own: how many masks there are decides what is answered
@QuarkusTestResource(value = LabFolder.class, restrictToAnnotatedClass = true)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EmbeddingApiTest {

  private static final String MAP = "/api/embeddings?model=" + LabFolder.MODEL;

  @Inject MaskIntake intake;
  @Inject LabConfig config;

  @Test
  @Order(1)
  void without_enough_masks_it_says_how_many_are_needed() {
    take("moss", 0, 4, 10);
    given()
        .get(MAP)
        .then()
        .statusCode(200)
        .body("state", equalTo("impossible"))
        .body("masks", equalTo(4))
        .body("fewest", equalTo(10))
        .body("detail", containsString("at least 10"));
  }

  @Test
  @Order(2)
  void masks_of_one_class_alone_have_no_map() {
    take("moss", 4, 12, 10);
    assertThat(map().getString("state")).isEqualTo("impossible");
    assertThat(map().getString("detail")).contains("All 12 masks are of one class");
  }

  @Test
  @Order(3)
  void masks_that_differ_by_class_lie_apart_by_their_true_class() {
    take("pebble", 0, 12, 40);
    given()
        .get("/api/embeddings/models")
        .then()
        .body("items", hasSize(1))
        .body("items[0].model.id", equalTo(LabFolder.MODEL))
        .body("items[0].masks", equalTo(24));
    Response first = given().get(MAP);
    assertThat(first.statusCode()).isEqualTo(202);
    assertThat(first.header("Retry-After")).isEqualTo("1");
    assertThat(first.jsonPath().getString("state")).isEqualTo("running");

    JsonPath map = map();
    assertThat(map.getString("state")).isEqualTo("ready");
    // the network predicts class 0 for all of them: the folders tell them apart
    assertThat(map.getList("classes")).containsExactly("moss", "pebble");
    assertThat(map.getList("points.isTrueClass", Boolean.class)).hasSize(24).containsOnly(true);
    assertThat(map.getInt("neighbours")).isEqualTo(20);
    assertThat(map.getInt("probe.heldOut")).isEqualTo(4);
    assertThat(map.getList("points.findAll { it.heldOut }")).hasSize(4);
    assertThat(map.getDouble("probe.testAccuracy")).isEqualTo(1.0);
    assertThat(map.getString("points[0].mask.kind")).isEqualTo("image-mask");
    assertThat(map.getList("points.imageName", String.class)).contains("moss-0.png");
    assertThat(nearestIsOfTheSameClass(map)).isGreaterThan(20);
    assertThat(map().getList("points.x")).isEqualTo(map.getList("points.x"));
  }

  @Test
  @Order(4)
  void a_family_narrows_the_choice_and_an_unknown_model_is_a_problem() {
    assertThat(JsonPath.from(given().get("/api/embeddings?family=tiny").asString()).getInt("seed"))
        .isEqualTo(42);
    given().get("/api/embeddings?family=none").then().body("masks", equalTo(0));
    given()
        .get("/api/embeddings?model=none")
        .then()
        .statusCode(400)
        .body("field", equalTo("model"));
  }

  @Test
  @Order(5)
  void a_cancelled_map_can_be_asked_for_again_and_one_that_is_there_stays() {
    take("moss", 12, 16, 10);
    assertThat(given().get(MAP).statusCode()).isEqualTo(202);
    given().delete(MAP).then().statusCode(204);
    JsonPath map = map();
    assertThat(map.getList("points")).hasSize(28);
    given().delete(MAP).then().statusCode(204);
    given().get(MAP).then().statusCode(200).body("state", equalTo("ready"));
    given().get(MAP).then().body("points.className", hasItem("pebble"));
  }

  private static JsonPath map() {
    Response[] last = new Response[1];
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              last[0] = given().get(MAP);
              return last[0].statusCode() == 200;
            });
    return last[0].jsonPath();
  }

  /** How many points have a neighbour of their own class nearest to them. */
  private static long nearestIsOfTheSameClass(JsonPath map) {
    List<Float> x = map.getList("points.x", Float.class);
    List<Float> y = map.getList("points.y", Float.class);
    List<String> classes = map.getList("points.className", String.class);
    long same = 0;
    for (int i = 0; i < x.size(); i++) {
      int nearest = -1;
      double best = Double.MAX_VALUE;
      for (int j = 0; j < x.size(); j++) {
        double distance = Math.hypot(x.get(i) - x.get(j), y.get(i) - y.get(j));
        if (i != j && distance < best) {
          best = distance;
          nearest = j;
        }
      }
      same += classes.get(i).equals(classes.get(nearest)) ? 1 : 0;
    }
    return same;
  }

  /** Masks of one class keep the frequencies up to about one radius. */
  private void take(String folder, int from, int to, int radius) {
    for (int i = from; i < to; i++) {
      String image = folder + "-" + i + ".png";
      KitFiles.write(
          config.dataDir(),
          "photos/val/" + folder + "/" + image,
          TestPictures.noise(128, 128, folder.hashCode() + i, "png"));
      KitFiles.write(
          config.dataDir(),
          "masks/tiny/compact_imagemask_n/" + folder + "/" + folder + "-" + i + ".npz",
          KitFiles.ofImage(
              KitFiles.disc(radius + i % 4), folder + "/" + image, Map.of("variant", "n")));
    }
    intake.run();
  }
}
