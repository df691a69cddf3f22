package io.fouriermasks.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.fouriermasks.store.UserStorage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** How much one may keep. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(LimitedLab.class)
class StorageLimitTest {

  @Inject UserStorage storage;

  private static void refused(Response answer) {
    answer
        .then()
        .statusCode(507)
        .contentType(Problem.MEDIA_TYPE)
        .body("title", equalTo("Your storage is full"))
        .body("detail", startsWith("You may keep 2.1 MB in this lab and have "))
        .body("detail", containsString("Delete what you do not need"));
  }

  private static long used(LabUser user) {
    return user.asks()
        .get("/api/me")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getLong("use.storage");
  }

  private static Response photograph(LabUser user, int side, long seed) {
    return user.asks()
        .multiPart("files", seed + ".png", TestPictures.noise(side, side, seed, "png"))
        .post("/api/images");
  }

  private static Response dataset(LabUser user, String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String entry : List.of("fern/a.png", "rock/b.png")) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write(TestPictures.noise(32, 32, entry.hashCode(), "png"));
        zip.closeEntry();
      }
    }
    return user.asks()
        .multiPart("file", "data.zip", bytes.toByteArray())
        .multiPart("name", name)
        .post("/api/datasets");
  }

  private static Response weights(LabUser user, String family) {
    byte[] file =
        user.asks().get("/api/models/%s/weights".formatted(LabFolder.MODEL)).asByteArray();
    return user.asks()
        .multiPart("file", "weights.safetensors", file)
        .multiPart("family", family)
        .post("/api/models/import");
  }

  @Test
  void what_is_brought_counts_until_no_more_is_taken_and_nothing_of_that_is_kept()
      throws IOException {
    LabUser user = LabUser.add("collector", "researcher");
    assertThat(used(user)).isZero();
    photograph(user, 64, 7301).then().statusCode(200);
    long photograph = used(user);
    assertThat(photograph).isBetween(10_000L, 60_000L);
    // the same picture again is not kept again
    photograph(user, 64, 7301).then().statusCode(200);
    assertThat(used(user)).isEqualTo(photograph);
    dataset(user, "counted").then().statusCode(201);
    long dataset = used(user) - photograph;
    assertThat(dataset).isBetween(2_000L, 20_000L);
    weights(user, "counted").then().statusCode(201);
    assertThat(used(user) - dataset - photograph).isBetween(1_200_000L, 1_300_000L);

    long full = used(user);
    refused(weights(user, "too-much"));
    refused(photograph(user, 800, 7302));
    assertThat(used(user)).isEqualTo(full);
    user.asks().get("/api/models/too-much-compact-n").then().statusCode(404);
    photograph(user, 64, 7303).then().statusCode(200);
    photograph(LabUser.add("newcomer", "researcher"), 800, 7302).then().statusCode(200);
  }

  @Test
  void who_has_no_space_left_starts_nothing_and_goes_on_when_there_is_some() throws IOException {
    LabUser user = LabUser.add("full", "researcher");
    String image = user.uploads(7304);
    Map<String, Object> specification =
        Map.of("kind", "image-mask", "model", LabFolder.MODEL, "images", List.of(image));
    String before =
        user.sends("/api/jobs", specification).then().statusCode(202).extract().path("id");
    user.asks().post("/api/jobs/%s/cancel".formatted(before)).then().statusCode(202);
    storage.keep(UserStorage.Kind.DATASET, "large", user.name(), LimitedLab.STORAGE);

    refused(user.sends("/api/jobs", specification));
    refused(user.asks().post("/api/jobs/%s/retry".formatted(before)));
    refused(user.sends("/api/studies", Map.of("name", "s", "jobs", List.of(specification))));
    refused(photograph(user, 64, 7305));
    refused(dataset(user, "refused"));

    storage.keep(UserStorage.Kind.DATASET, "large", user.name(), 1);
    user.asks().post("/api/jobs/%s/retry".formatted(before)).then().statusCode(202);
  }

  @Test
  void everybody_sees_their_own_use_and_administrators_that_of_all() {
    LabUser user = LabUser.add("counted-user", "researcher");
    String image = user.uploads(7306);
    user.sends(
            "/api/jobs",
            Map.of("kind", "image-mask", "model", LabFolder.MODEL, "images", List.of(image)))
        .then()
        .statusCode(202);
    user.asks()
        .get("/api/me")
        .then()
        .body("use.jobs", equalTo(1))
        .body("limits.jobs", equalTo(LimitedLab.JOBS))
        .body("limits.storage", equalTo((int) LimitedLab.STORAGE))
        .body("limits.requestsPerMinute", equalTo(6000));
    String theirs = "items.find { it.name == 'counted-user' }.use.";
    LabUser.ADMIN
        .asks()
        .get("/api/users")
        .then()
        .body(theirs + "jobs", equalTo(1))
        .body(theirs + "storage", equalTo((int) used(user)));
  }
}
