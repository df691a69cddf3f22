package io.fouriermasks.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.spectrum.NpyArray;
import io.fouriermasks.spectrum.Npz;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Jobs, their events and their masks, with real trainings of the smallest network. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
class TrainingApiTest {

  private static final Duration LONG = Duration.ofMinutes(2);

  @Test
  void the_preset_fast_leaves_less_of_the_spectrum_in_the_same_steps() throws Exception {
    String photograph = ImageApiTest.upload(TestPictures.reference("colour_64x48.png"));
    Map<String, Float> sparsity = new HashMap<>();
    for (String preset : List.of("paper", "fast")) {
      String id =
          given()
              .contentType("application/json")
              .body(
                  Map.of(
                      "kind",
                      "image-mask",
                      "model",
                      LabFolder.MODEL,
                      "images",
                      List.of(photograph),
                      "preset",
                      preset,
                      "maxSteps",
                      110))
              .post("/api/jobs")
              .then()
              .statusCode(202)
              .body("specification.preset", equalTo(preset))
              .extract()
              .path("id");
      awaitState(id, "SUCCEEDED");
      JsonPath job = given().get("/api/jobs/" + id).jsonPath();
      assertThat(job.getInt("masks[0].prediction")).isEqualTo(job.getInt("masks[0].label"));
      sparsity.put(preset, job.getFloat("masks[0].sparsity"));
    }
    assertThat(sparsity.get("fast")).isLessThan(sparsity.get("paper") / 2);
  }

  @Test
  void a_job_makes_a_mask_and_shows_how() throws Exception {
    String photograph = ImageApiTest.upload(TestPictures.reference("colour_64x48.png"));
    String other = ImageApiTest.upload(TestPictures.reference("gray_171x128.png"));
    Response accepted = submit(List.of(photograph, other), 60);
    accepted
        .then()
        .statusCode(202)
        .body("kind", equalTo("image-mask"))
        .body("reason", nullValue())
        .body("specification.kind", equalTo("image-mask"))
        .body("specification.preset", equalTo("paper"))
        .body("specification.maxSteps", equalTo(60))
        .body("specification.seed", equalTo(31))
        .body("model.id", equalTo(LabFolder.MODEL))
        .body("images.id", equalTo(List.of(photograph, other)));
    String id = accepted.path("id");
    assertThat(accepted.header("Location")).endsWith("/api/jobs/" + id);

    awaitState(id, "SUCCEEDED");
    JsonPath job = given().get("/api/jobs/" + id).jsonPath();
    assertThat(job.getString("startedAt")).isNotNull();
    assertThat(job.getString("finishedAt")).isNotNull();
    assertThat(job.getString("progress")).isNull();
    assertThat(job.getList("masks")).hasSize(2);
    assertThat(job.getList("masks.image", String.class))
        .containsExactlyInAnyOrder(photograph, other);
    assertThat(job.getString("masks[0].stopReason")).isEqualTo("STEP_LIMIT");
    assertThat(job.getInt("masks[0].steps")).isEqualTo(60);

    JsonPath points = given().get("/api/jobs/" + id + "/points?image=" + photograph).jsonPath();
    assertThat(points.getList("items.step", Integer.class))
        .isEqualTo(IntStream.rangeClosed(1, 60).boxed().toList());
    assertThat(points.getDouble("items[0].values.sparsity")).isEqualTo(1.0);
    assertThat(points.getDouble("items[59].values.sparsity")).isLessThan(1.0);
    given()
        .get("/api/jobs/" + id + "/points?metric=sparsity&from=50")
        .then()
        .body("items", hasSize(22))
        .body("items[0].values.size()", equalTo(1))
        .body("items.values.sparsity", hasSize(22));
    given()
        .get("/api/jobs/" + id + "/points?metric=luck")
        .then()
        .statusCode(400)
        .body("field", equalTo("metric"));

    JsonPath previews = given().get("/api/jobs/" + id + "/previews?image=" + other).jsonPath();
    assertThat(previews.getList("items.step", Integer.class)).startsWith(10);
    assertThat(given().get(previews.getString("items[0].mask")).asByteArray())
        .hasSize(128 * 128 * 4);
    assertThat(given().get(previews.getString("items[0].masked")).contentType())
        .isEqualTo("image/png");
    theMaskIsServedInEveryForm(job.getString("masks[0].id"), id);
  }

  private static void theMaskIsServedInEveryForm(String mask, String job) throws IOException {
    given()
        .get("/api/masks/" + mask)
        .then()
        .statusCode(200)
        .body("id", equalTo(mask))
        .body("job", equalTo(job))
        .body("model", equalTo(LabFolder.MODEL));
    given()
        .get("/api/masks?job=" + job)
        .then()
        .body("items", hasSize(2))
        .body("items.id", hasItem(mask));
    Response bin = given().get("/api/masks/" + mask + ".bin");
    assertThat(bin.header("Cache-Control")).contains("immutable");
    given()
        .header("If-None-Match", bin.header("ETag"))
        .get("/api/masks/" + mask + ".bin")
        .then()
        .statusCode(304);
    NpyArray npy = NpyArray.decode(given().get("/api/masks/" + mask + ".npy").asByteArray());
    assertThat(npy.shape()).containsExactly(128, 128);
    assertThat(npy.data()).isEqualTo(bin.asByteArray());
    Map<String, NpyArray> npz =
        Npz.decode(given().get("/api/masks/" + mask + ".npz").asByteArray());
    assertThat(npz.keySet()).containsExactly("mask", "invariance", "sparsity", "meta");
    assertThat(npz.get("mask").data()).isEqualTo(bin.asByteArray());
    assertThat(npz.get("sparsity").shape()).containsExactly(60);
    JsonPath meta = JsonPath.from(new String(npz.get("meta").data(), StandardCharsets.UTF_8));
    assertThat(meta.getInt("steps")).isEqualTo(60);
    assertThat(meta.getString("specification.model")).isEqualTo(LabFolder.MODEL);
    assertThat(meta.getString("device")).isEqualTo("cpu");
    assertThat((double) given().get("/api/masks/" + mask).jsonPath().getFloat("sparsity"))
        .isCloseTo(
            FourierMask.ofFullPlane(128, npz.get("mask").floats()).sparsity(),
            org.assertj.core.data.Offset.offset(1e-6));

    BufferedImage shifted = picture("/api/masks/" + mask + ".png?map=gray&shift=true");
    BufferedImage unshifted = picture("/api/masks/" + mask + ".png?map=gray&shift=false");
    assertThat(shifted.getRGB(64 + 3, 64 + 5)).isEqualTo(unshifted.getRGB(3, 5));
    int level = Math.round(255 * npz.get("mask").floats()[5 * 128 + 3]);
    assertThat(unshifted.getRGB(3, 5) & 0xff).isEqualTo(level);
    assertThat(picture("/api/masks/" + mask + "/masked.png").getWidth()).isEqualTo(128);
    given()
        .get("/api/masks/" + mask + ".png?map=jet")
        .then()
        .statusCode(400)
        .body("field", equalTo("map"));
    given()
        .get("/api/masks/" + mask + ".png?shift=maybe")
        .then()
        .statusCode(400)
        .body("field", equalTo("shift"));
    for (String file : List.of("", ".npy", ".npz", ".bin", ".png", "/masked.png")) {
      given().get("/api/masks/999999" + file).then().statusCode(404);
    }
  }

  @Test
  void a_reader_that_comes_back_misses_nothing_and_sees_nothing_twice() throws Exception {
    String image = ImageApiTest.upload(TestPictures.noise(150, 140, 31, "png"));
    String id = submit(List.of(image), 230).path("id");
    List<EventReader.Event> seen = new ArrayList<>();
    String cursor;
    try (EventReader reader = new EventReader(port(), id, null)) {
      assertThat(reader.headers().firstValue("X-Accel-Buffering")).contains("no");
      assertThat(reader.headers().firstValue("Cache-Control")).contains("no-cache");
      EventReader.Event snapshot = reader.next();
      assertThat(snapshot.name()).isEqualTo("snapshot");
      assertThat(snapshot.data().at("/jobs/0/job/id").asText()).isEqualTo(id);
      snapshot
          .data()
          .at("/jobs/0/points")
          .forEach(point -> seen.add(new EventReader.Event(null, "point", point)));
      seen.addAll(
          reader.readUntil(
              event -> event.name().equals("point") && event.data().get("step").asInt() >= 40));
      cursor = seen.get(seen.size() - 1).id();
    }
    for (int breaks = 0; breaks < 3; breaks++) {
      try (EventReader reader = new EventReader(port(), id, cursor)) {
        seen.addAll(reader.readUntil(event -> event.name().equals("point")));
        cursor = seen.get(seen.size() - 1).id();
      }
    }
    try (EventReader reader = new EventReader(port(), id, cursor)) {
      seen.addAll(reader.readUntil(event -> event.isState("SUCCEEDED")));
    }
    List<Integer> steps =
        seen.stream()
            .filter(event -> event.name().equals("point"))
            .map(event -> event.data().get("step").asInt())
            .toList();
    List<Integer> expected =
        IntStream.rangeClosed(1, 230).filter(step -> step <= 200 || step % 5 == 0).boxed().toList();
    assertThat(steps).isEqualTo(expected);
    assertThat(seen.stream().filter(event -> event.name().equals("snapshot"))).isEmpty();
    List<Long> numbered =
        seen.stream().filter(event -> event.data().has("seq")).map(EventReader.Event::seq).toList();
    assertThat(numbered).isSorted().doesNotHaveDuplicates();
    assertThat(seen.stream().filter(event -> event.name().equals("artefact"))).hasSize(1);
    assertThat(seen.stream().filter(event -> event.name().equals("progress"))).isNotEmpty();
  }

  @Test
  void the_files_of_an_event_are_there_when_it_is_sent() throws Exception {
    String image = ImageApiTest.upload(TestPictures.noise(150, 140, 32, "png"));
    String id = submit(List.of(image), 120).path("id");
    try (EventReader reader = new EventReader(port(), id, null)) {
      EventReader.Event preview =
          reader.readUntil(event -> event.name().equals("mask")).stream()
              .filter(event -> event.name().equals("mask"))
              .findFirst()
              .orElseThrow();
      given().get(preview.data().get("mask").asText()).then().statusCode(200);
      given().get(preview.data().get("masked").asText()).then().statusCode(200);
      EventReader.Event artefact = last(reader.readUntil(event -> event.name().equals("artefact")));
      assertThat(artefact.data().get("image").asText()).isEqualTo(image);
      given()
          .get("/api/masks/" + artefact.data().at("/mask/id").asText() + ".npz")
          .then()
          .statusCode(200);
    }
  }

  @Test
  void a_running_job_is_cancelled_within_a_step() throws Exception {
    String image = ImageApiTest.upload(TestPictures.noise(150, 140, 33, "png"));
    String id = submit(List.of(image), 20_000).path("id");
    try (EventReader reader = new EventReader(port(), id, null)) {
      reader.readUntil(event -> event.name().equals("point"));
      long start = System.nanoTime();
      given().post("/api/jobs/" + id + "/cancel").then().statusCode(202);
      EventReader.Event end = last(reader.readUntil(event -> event.isState("CANCELLED")));
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf("cancelled after %.2f s%n", seconds);
      assertThat(seconds).isLessThan(5);
      assertThat(end.data().get("reason").asText()).isEqualTo("cancelled");
      assertThat(end.data().get("masks")).isEmpty();
    }
    given()
        .post("/api/jobs/" + id + "/cancel")
        .then()
        .statusCode(409)
        .contentType("application/problem+json")
        .body("detail", containsString("cancelled"));
  }

  @Test
  void a_waiting_job_is_cancelled_at_once_and_can_be_started_again() {
    String image = ImageApiTest.upload(TestPictures.noise(150, 140, 34, "png"));
    String running = submit(List.of(image), 20_000).path("id");
    String waiting = submit(List.of(image), 20).path("id");
    given()
        .post("/api/jobs/" + waiting + "/retry")
        .then()
        .statusCode(409)
        .body("detail", containsString("only a job that has ended"));
    given()
        .post("/api/jobs/" + waiting + "/cancel")
        .then()
        .statusCode(202)
        .body("state", equalTo("CANCELLED"))
        .body("startedAt", nullValue());
    given().post("/api/jobs/" + running + "/cancel").then().statusCode(202);
    Response again = given().post("/api/jobs/" + waiting + "/retry");
    again
        .then()
        .statusCode(202)
        .body("id", not(equalTo(waiting)))
        .body("specification.maxSteps", equalTo(20));
    awaitState(again.path("id"), "SUCCEEDED");
    given()
        .get("/api/jobs?state=CANCELLED")
        .then()
        .body("items.id", hasItem(waiting))
        .body("items.state", not(hasItem("SUCCEEDED")));
  }

  @Test
  void a_job_that_cannot_be_done_is_refused_with_the_field_at_fault() {
    String image = ImageApiTest.upload(TestPictures.noise(20, 20, 35, "png"));
    String good = "\"kind\":\"image-mask\",\"model\":\"" + LabFolder.MODEL + "\"";
    Map<String, String> bodies =
        Map.of(
            "{" + good + ",\"images\":[]}", "images",
            "{" + good + ",\"images\":[\"0000000000000000\"]}", "images",
            "{" + good + ",\"images\":[\"" + image + "\",\"" + image + "\"]}", "images",
            "{" + good + "}", "images",
            "{\"kind\":\"image-mask\",\"model\":\"x\",\"images\":[\"" + image + "\"]}", "model",
            "{\"kind\":\"coffee\",\"model\":\"x\",\"images\":[\"" + image + "\"]}", "kind",
            "{" + good + ",\"images\":[\"" + image + "\"],\"preset\":\"y\"}", "preset",
            "{" + good + ",\"images\":[\"" + image + "\"],\"maxSteps\":0}", "maxSteps",
            "{" + good + ",\"images\":[\"" + image + "\"],\"maxSteps\":\"many\"}", "maxSteps");
    bodies.forEach(
        (body, field) ->
            given()
                .contentType("application/json")
                .body(body)
                .post("/api/jobs")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("field", equalTo(field))
                .body("detail", not(containsString("java")))
                .body("detail", not(containsString("fouriermasks"))));
    for (String body : List.of("{", "[]", "null", "", "{\"kind\":")) {
      given()
          .contentType("application/json")
          .body(body)
          .post("/api/jobs")
          .then()
          .statusCode(400)
          .contentType("application/problem+json");
    }
    given()
        .contentType("text/plain")
        .body("x")
        .post("/api/jobs")
        .then()
        .statusCode(415)
        .contentType("application/problem+json");
  }

  @Test
  void unknown_jobs_and_states_are_problems() {
    for (String id : List.of("999999", "abc", "99999999999999999999")) {
      given().get("/api/jobs/" + id).then().statusCode(404).body("status", equalTo(404));
      given().post("/api/jobs/" + id + "/cancel").then().statusCode(404);
      given().post("/api/jobs/" + id + "/retry").then().statusCode(404);
      given().get("/api/events?jobs=" + id).then().statusCode(404);
    }
    given().get("/api/jobs?state=BORED").then().statusCode(400).body("field", equalTo("state"));
    given().get("/api/events").then().statusCode(400).body("field", equalTo("jobs"));
    given().get("/api/artefacts/" + "0".repeat(64) + ".png").then().statusCode(404);
    given().get("/api/artefacts/..%2f..%2flab.mv.db").then().statusCode(404);
  }

  private static Response submit(List<String> images, int maxSteps) {
    return given()
        .contentType("application/json")
        .body(
            Map.of(
                "kind",
                "image-mask",
                "model",
                LabFolder.MODEL,
                "images",
                images,
                "maxSteps",
                maxSteps))
        .post("/api/jobs");
  }

  private static void awaitState(String id, String state) {
    await().atMost(LONG).until(() -> given().get("/api/jobs/" + id).path("state"), state::equals);
  }

  private static EventReader.Event last(List<EventReader.Event> events) {
    return events.get(events.size() - 1);
  }

  private static BufferedImage picture(String path) throws IOException {
    Response response = given().get(path);
    assertThat(response.statusCode()).as(path).isEqualTo(200);
    return ImageIO.read(new ByteArrayInputStream(response.asByteArray()));
  }

  private static int port() {
    return RestAssured.port;
  }
}
