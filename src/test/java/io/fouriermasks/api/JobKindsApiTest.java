package io.fouriermasks.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.fouriermasks.spectrum.NpyArray;
import io.fouriermasks.spectrum.Npz;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every kind of job, with real trainings of the smallest network on a handful of pictures. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(OwnLab.class)
class JobKindsApiTest {

  @Test
  void a_mask_over_a_whole_split_is_trained_with_live_points_and_a_preview() throws Exception {
    String id =
        JobCalls.submit(
            Map.of(
                "kind",
                "model-mask",
                "model",
                LabFolder.MODEL,
                "dataset",
                LabFolder.DATASET,
                "epochs",
                3,
                "accuracyRatio",
                0.5));
    JobCalls.awaitState(id, "SUCCEEDED");
    JsonPath job = given().get("/api/jobs/" + id).jsonPath();
    assertThat(job.getString("specification.split")).isEqualTo("val");
    assertThat(job.getList("series")).isEmpty();
    assertThat(job.getList("metrics.name"))
        .containsExactly("invariance", "sparsity", "accuracy", "learningRate");
    assertThat(job.getString("masks[0].kind")).isEqualTo("model-mask");
    assertThat(job.getInt("masks[0].epochs")).isEqualTo(3);
    assertThat(job.getFloat("masks[0].unmaskedAccuracy")).isBetween(0f, 1f);

    JsonPath points = given().get("/api/jobs/" + id + "/points").jsonPath();
    // 10 photographs, one a step, and the end of each epoch
    assertThat(points.getList("items.findAll { it.values.sparsity != null }.step"))
        .hasSize(30)
        .endsWith(30);
    assertThat(points.getList("items.findAll { it.values.accuracy != null }.step"))
        .containsExactly(10, 20, 30);
    given()
        .get("/api/jobs/" + id + "/points?metric=accuracy")
        .then()
        .body("items", hasSize(3))
        .body("items[0].values.size()", equalTo(1));
    JsonPath previews = given().get("/api/jobs/" + id + "/previews").jsonPath();
    assertThat(previews.getInt("items[0].step")).isEqualTo(10);
    assertThat(previews.getString("items[0].masked")).isNull();
    assertThat(given().get(previews.getString("items[0].mask")).asByteArray())
        .hasSize(128 * 128 * 4);

    Map<String, NpyArray> archive =
        Npz.decode(
            given().get("/api/masks/" + job.getString("masks[0].id") + ".npz").asByteArray());
    JsonPath meta = JsonPath.from(new String(archive.get("meta").data(), StandardCharsets.UTF_8));
    assertThat(meta.getString("specification.dataset")).isEqualTo(LabFolder.DATASET);
    assertThat(meta.getInt("epochs")).isEqualTo(3);
  }

  @Test
  void masks_of_classes_are_named_by_name_or_index() {
    String id =
        JobCalls.submit(
            Map.of(
                "kind",
                "class-mask",
                "model",
                LabFolder.MODEL,
                "dataset",
                LabFolder.DATASET,
                "classes",
                List.of("church", 0),
                "preset",
                "minibatch",
                "batchSize",
                2,
                "epochs",
                2));
    JobCalls.awaitState(id, "SUCCEEDED");
    JsonPath job = given().get("/api/jobs/" + id).jsonPath();
    assertThat(job.getList("series")).containsExactly("church", "English springer");
    assertThat(job.getList("specification.classes")).containsExactly("church", "English springer");
    assertThat(job.getList("masks.labelName")).containsExactly("church", "English springer");
    assertThat(job.getList("masks.kind")).containsOnly("class-mask");
    given()
        .get("/api/jobs/" + id + "/points?series=church&metric=sparsity")
        .then()
        .body("items.step", equalTo(List.of(1, 2)))
        .body("items.series", equalTo(List.of("church", "church")));
    given()
        .get("/api/jobs/" + id + "/points?series=cathedral")
        .then()
        .statusCode(400)
        .body("field", equalTo("series"));
  }

  @Test
  void a_trained_model_is_in_the_catalogue_at_once_and_is_never_replaced() {
    Map<String, Object> training = training("trained");
    String id = JobCalls.submit(training);
    given().get("/api/jobs/" + id).then().body("modelId", equalTo("trained-compact-sn"));
    JobCalls.awaitState(id, "SUCCEEDED");
    given()
        .get("/api/jobs/" + id)
        .then()
        .body("model.id", equalTo("trained-compact-sn"))
        .body("model.classes[0]", equalTo("English springer"))
        .body("model.accuracy", notNullValue());
    given().get("/api/models").then().body("items.id", hasItem("trained-compact-sn"));
    JsonPath points = given().get("/api/jobs/" + id + "/points").jsonPath();
    // 15 photographs in batches of 4, for 2 epochs
    assertThat(points.getList("items.findAll { it.values.loss != null }.step")).hasSize(8);
    assertThat(points.getList("items.findAll { it.values.accuracy != null }.step"))
        .containsExactly(4, 8);
    JobCalls.refused(training)
        .body("field", equalTo("family"))
        .body("detail", containsString("trained-compact-sn"));
  }

  @Test
  void two_jobs_do_not_make_the_same_model() {
    String first = JobCalls.submit(training("twice"));
    JobCalls.refused(training("twice"))
        .body("field", equalTo("family"))
        .body("detail", containsString("Job " + first));
    given().post("/api/jobs/" + first + "/cancel").then().statusCode(202);
  }

  private static Map<String, Object> training(String family) {
    return Map.of(
        "kind",
        "train-model",
        "architecture",
        "compact",
        "augmentation",
        "sn",
        "dataset",
        LabFolder.DATASET,
        "family",
        family,
        "preset",
        "quick",
        "epochs",
        2,
        "batchSize",
        4);
  }

  @Test
  void a_heat_map_is_measured() {
    String id =
        JobCalls.submit(
            Map.of(
                "kind",
                "heat-map",
                "model",
                LabFolder.MODEL,
                "dataset",
                LabFolder.DATASET,
                "radius",
                2,
                "images",
                4));
    JobCalls.awaitState(id, "SUCCEEDED");
    JsonPath job = given().get("/api/jobs/" + id).jsonPath();
    assertThat(job.getList("heatMaps")).hasSize(1);
    String map = "/api/heat-maps/" + job.getString("heatMaps[0].id");
    given()
        .get(map)
        .then()
        .body("images", equalTo(4))
        .body("norm", equalTo(23f))
        .body("split", equalTo("val"));
    NpyArray errors = Npz.decode(given().get(map + ".npz").asByteArray()).get("errors");
    assertThat(errors.data()).isEqualTo(given().get(map + ".bin").asByteArray());
    assertThat(errors.floats()[2]).isBetween(0f, 1f);
    assertThat(errors.floats()[3]).isNaN();
    given()
        .get("/api/heat-maps?model=" + LabFolder.MODEL)
        .then()
        .body("items.id", hasItem(job.getString("heatMaps[0].id")));
    given().get("/api/heat-maps?model=x").then().body("items", hasSize(0));
  }

  @Test
  void a_mask_of_an_attacked_photograph_keeps_what_it_was_learned_on() {
    String image = ImageApiTest.upload(TestPictures.noise(150, 140, 41, "png"));
    String id =
        JobCalls.submit(
            Map.of(
                "kind",
                "image-mask",
                "model",
                LabFolder.MODEL,
                "images",
                List.of(image),
                "attacked",
                true,
                "maxSteps",
                20));
    JobCalls.awaitState(id, "SUCCEEDED");
    JsonPath job = given().get("/api/jobs/" + id).jsonPath();
    String mask = "/api/masks/" + job.getString("masks[0].id");
    given().get(mask).then().body("variant", equalTo("attacked"));
    given().get(mask + "/masked.png").then().statusCode(200).contentType("image/png");
    byte[] attacked = given().get(mask + "/input.png").asByteArray();
    byte[] clean = given().get("/api/images/" + image + "/input.png").asByteArray();
    assertThat(attacked).isNotEqualTo(clean);
    JsonPath meta =
        JsonPath.from(
            new String(
                Npz.decode(given().get(mask + ".npz").asByteArray()).get("meta").data(),
                StandardCharsets.UTF_8));
    assertThat(meta.getString("attack.method")).isEqualTo("pgd");
  }

  @Test
  void jobs_are_listed_by_kind_and_model() {
    String id =
        JobCalls.submit(
            Map.of(
                "kind",
                "heat-map",
                "model",
                LabFolder.MODEL,
                "dataset",
                LabFolder.DATASET,
                "radius",
                0,
                "images",
                1));
    given()
        .get("/api/jobs?kind=heat-map&model=" + LabFolder.MODEL)
        .then()
        .body("items.id", hasItem(id))
        .body("items.kind", not(hasItem("image-mask")));
    given().get("/api/jobs?kind=coffee").then().statusCode(400).body("field", equalTo("kind"));
    JobCalls.awaitState(id, "SUCCEEDED");
  }

  @Test
  void a_long_training_is_cancelled_within_a_step_and_leaves_nothing() throws Exception {
    String id =
        JobCalls.submit(
            Map.of(
                "kind",
                "model-mask",
                "model",
                LabFolder.MODEL,
                "dataset",
                LabFolder.DATASET,
                "epochs",
                10_000));
    try (EventReader reader = new EventReader(RestAssured.port, id, null)) {
      reader.readUntil(
          event ->
              event.name().equals("progress")
                  && event.data().at("/progress/phase").asText().equals("training"));
      given()
          .get("/api/jobs/" + id)
          .then()
          .body("progress.phase", equalTo("training"))
          .body("progress.unit", equalTo("step"))
          .body("progress.total", equalTo(100_000))
          .body("progress.epochs", equalTo(10_000));
      given().post("/api/jobs/" + id + "/cancel").then().statusCode(202);
      reader.readUntil(event -> event.isState("CANCELLED"));
    }
    given().get("/api/jobs/" + id).then().body("masks", hasSize(0)).body("progress", nullValue());
  }

  @Test
  void what_cannot_be_done_is_refused_with_the_field_at_fault() {
    Map<String, Object> mask =
        Map.of("kind", "model-mask", "model", LabFolder.MODEL, "dataset", LabFolder.DATASET);
    Map<String, Object> training = training("new");
    refusedWith(mask, "model", "none");
    refusedWith(mask, "model", "");
    refusedWith(mask, "dataset", "none");
    refusedWith(mask, "dataset", "../../etc");
    refusedWith(mask, "split", "test");
    refusedWith(mask, "preset", "quick");
    refusedWith(mask, "batchSize", 2);
    refusedWith(mask, "epochs", 0);
    refusedWith(mask, "epochs", "many");
    refusedWith(mask, "accuracyRatio", 1.5);
    refusedWith(with(mask, "kind", "class-mask"), "classes", List.of("cathedral"));
    refusedWith(with(mask, "kind", "class-mask"), "classes", List.of("church", 2));
    refusedWith(with(mask, "kind", "heat-map"), "norm", 0);
    refusedWith(with(mask, "kind", "heat-map"), "radius", 92);
    refusedWith(with(mask, "kind", "heat-map"), "images", 0);
    refusedWith(training, "architecture", "transformer");
    refusedWith(training, "augmentation", "mixup");
    refusedWith(training, "family", "../up");
    refusedWith(training, "batchSize", 1);
    refusedWith(training, "learningRate", -1);
    refusedWith(training, "minCrop", 0);
    refusedWith(training, "kind", "coffee");
  }

  private static void refusedWith(Map<String, Object> good, String field, Object value) {
    JobCalls.refused(with(good, field, value))
        .body("field", equalTo(field))
        .body("detail", not(containsString("fouriermasks")))
        .body("status", equalTo(400));
  }

  private static Map<String, Object> with(Map<String, Object> good, String field, Object value) {
    Map<String, Object> changed = new TreeMap<>(good);
    changed.put(field, value);
    return changed;
  }

  @Test
  void datasets_are_listed_with_their_splits_and_classes() {
    given()
        .get("/api/datasets/" + LabFolder.DATASET)
        .then()
        .body("splits.name", equalTo(List.of("train", "val")))
        .body("splits.images", equalTo(List.of(15, 10)))
        .body("splits[1].classes[2].name", equalTo("church"))
        .body("splits[1].classes[2].images", equalTo(2))
        .body("evaluation", equalTo("val"));
    given().get("/api/datasets").then().body("items.id", hasItem(LabFolder.DATASET));
    given().get("/api/datasets/none").then().statusCode(404);
    given().get("/api/models/" + LabFolder.MODEL).then().body("parameters", equalTo(308_149));
  }
}
