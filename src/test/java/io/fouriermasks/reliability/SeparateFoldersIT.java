package io.fouriermasks.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fouriermasks.api.TestPictures;
import io.fouriermasks.store.Bucket;
import io.fouriermasks.store.ObjectServer;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that share a PostgreSQL and a bucket, each with a data folder of its own, as on several
 * machines.
 */
class SeparateFoldersIT {

  private static final int SHORT_STEPS = 60;

  /** As many as take minutes. */
  private static final int MANY = 40;

  private static final Path PHOTOGRAPHS = Path.of("samples/photos/val");

  private static final Path WEIGHTS =
      Path.of("samples/models/surfaces/compact_basemodel_n.safetensors");

  @TempDir Path folder;

  @Test
  void what_one_accepts_another_does_and_a_third_goes_on_with() throws Exception {
    ObjectServer.giveKeys();
    try (ObjectServer objects = new ObjectServer();
        Bucket bucket = objects.bucket();
        Lab lab = new Lab(folder, objects)) {
      lab.server();
      lab.awaitReady();
      String uploaded =
          lab.request()
              .multiPart("files", "a.png", TestPictures.noise(128, 128, 7, "png"))
              .post(lab.at("/api/images"))
              .path("files[0].image.id");
      String model =
          lab.request()
              .multiPart("file", WEIGHTS.toFile(), "application/octet-stream")
              .multiPart("family", "elsewhere")
              .post(lab.at("/api/models/import"))
              .then()
              .statusCode(201)
              .extract()
              .path("id");
      Member first = lab.worker();

      String job = lab.submit(model, List.of(uploaded), SHORT_STEPS, 31);
      await().atMost(Duration.ofMinutes(3)).until(() -> lab.state(job).equals("SUCCEEDED"));
      assertShown(lab, job);
      assertTrained(lab);

      String large = lab.submitLong(model, uploaded(lab, MANY), 1);
      String checkpoint = "jobs/%s/masks.checkpoint.safetensors".formatted(large);
      await().atMost(Duration.ofMinutes(3)).until(() -> bucket.names("jobs/").contains(checkpoint));
      int reached = lab.get("/api/jobs/" + large).path("progress.step");
      String killed = lab.get("/api/jobs/" + large).path("worker");
      first.kill();
      Member second = lab.worker();
      int begun =
          await()
              .atMost(Duration.ofMinutes(3))
              .pollInterval(Duration.ofMillis(200))
              .until(() -> stepOfAnother(lab, large, killed), step -> step != null);

      assertThat(begun).as("first step seen on the other machine").isGreaterThan(reached / 2);
      assertThat(Files.exists(lab.folder(second).resolve(checkpoint))).isTrue();
      lab.request().post(lab.at("/api/jobs/" + large + "/cancel")).then().statusCode(202);
      await().atMost(Duration.ofMinutes(1)).until(() -> lab.state(large).equals("CANCELLED"));
      await().atMost(Duration.ofMinutes(1)).until(() -> bucket.names("jobs/").isEmpty());
      System.out.printf(
          "separate folders: at step %d when the worker was killed, first seen at step %d on the"
              + " other; %d objects in the bucket%n",
          reached, begun, bucket.names("").size());
    }
  }

  private static List<String> uploaded(Lab lab, int count) throws IOException {
    RequestSpecification request = lab.request();
    try (Stream<Path> files = Files.walk(PHOTOGRAPHS)) {
      files
          .filter(Files::isRegularFile)
          .sorted()
          .limit(count)
          .forEach(file -> request.multiPart("files", file.toFile(), "image/jpeg"));
    }
    List<String> ids = request.post(lab.at("/api/images")).path("files.image.id");
    assertThat(ids).hasSize(count).doesNotContainNull();
    return ids;
  }

  /** The mask and the previews, whose files the server has never had. */
  private static void assertShown(Lab lab, String job) {
    List<String> masks = lab.get("/api/jobs/" + job).path("masks.id");
    assertThat(masks).hasSize(1);
    for (String format : List.of("bin", "npz", "png")) {
      lab.get("/api/masks/%s.%s".formatted(masks.get(0), format)).then().statusCode(200);
    }
    List<Map<String, Object>> previews = lab.get("/api/jobs/" + job + "/previews").path("items");
    // one or several: they are half a second apart
    assertThat(previews).isNotEmpty();
    for (Map<String, Object> preview : previews) {
      lab.get((String) preview.get("mask")).then().statusCode(200);
      lab.get((String) preview.get("masked")).then().statusCode(200);
    }
  }

  /** A model that a worker has trained can be used, and taken away, where it was asked for. */
  private static void assertTrained(Lab lab) {
    String job =
        lab.request()
            .contentType("application/json")
            .body(
                Map.of(
                    "kind", "train-model",
                    "architecture", "compact",
                    "augmentation", "n",
                    "family", "trained",
                    "dataset", "photos",
                    "epochs", 1))
            .post(lab.at("/api/jobs"))
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    await().atMost(Duration.ofMinutes(5)).until(() -> lab.state(job).equals("SUCCEEDED"));
    String model = lab.get("/api/jobs/" + job).path("model.id");
    assertThat(lab.get("/api/models/" + model + "/weights").asByteArray())
        .hasSizeGreaterThan(1_000_000);
    lab.get("/api/models/" + model + "/record").then().statusCode(200);
  }

  private static Integer stepOfAnother(Lab lab, String job, String killed) {
    var now = lab.get("/api/jobs/" + job);
    boolean isAnother = now.path("state").equals("RUNNING") && !killed.equals(now.path("worker"));
    return isAnother ? now.path("progress.step") : null;
  }
}
