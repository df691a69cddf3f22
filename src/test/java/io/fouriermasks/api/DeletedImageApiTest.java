package io.fouriermasks.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.fouriermasks.store.Actor;
import io.fouriermasks.store.DeletedImages;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.JobStates;
import io.fouriermasks.store.Jobs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Deleting photographs, and having them back. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(LockedLab.class)
class DeletedImageApiTest {

  @Inject Jobs jobs;
  @Inject JobStates states;
  @Inject DeletedImages deleted;
  @Inject Clock clock;

  private static RequestSpecification with(String token) {
    return given().header("Authorization", "Bearer " + token);
  }

  private static RequestSpecification admin() {
    return with(LockedLab.TOKEN);
  }

  private static String researcher(String name) {
    return admin()
        .contentType(ContentType.JSON)
        .body(Map.of("name", name, "role", "researcher"))
        .post("/api/users")
        .then()
        .statusCode(201)
        .extract()
        .path("token");
  }

  private static String upload(String token, long seed) {
    return with(token)
        .multiPart("files", "noise-%d.png".formatted(seed), TestPictures.noise(40, 40, seed, "png"))
        .post("/api/images")
        .then()
        .statusCode(200)
        .extract()
        .path("files[0].image.id");
  }

  /** A job about the photograph that has ended before it began. */
  private long endedJob(String image) {
    long id =
        jobs.insert(
                JobSpecification.imageMasks("none", List.of(image)), "none", new Actor("somebody"))
            .id();
    return states.decide(id, job -> Optional.of(JobState.CANCELLED)).id();
  }

  private static ValidatableResponse start(String token, String image) {
    return with(token)
        .contentType(ContentType.JSON)
        .body(Map.of("kind", "image-mask", "model", "none", "images", List.of(image)))
        .post("/api/jobs")
        .then();
  }

  @Test
  void one_deletes_ones_own_photograph_and_has_it_back() {
    String token = researcher("image-deleter");
    String image = upload(token, 4101);
    with(token)
        .get("/api/images/%s/use".formatted(image))
        .then()
        .statusCode(200)
        .body("jobs", equalTo(List.of()))
        .body("secondsToRestore", equalTo((int) Duration.ofDays(1).toSeconds()));
    with(token).delete("/api/images/" + image).then().statusCode(204);
    for (String gone : List.of("", ".png", "/input.png", "/predictions", "/use")) {
      with(token).get("/api/images/" + image + gone).then().statusCode(404);
    }
    with(token).get("/api/images?limit=100").then().body("items.id", not(hasItem(image)));
    with(token).delete("/api/images/" + image).then().statusCode(404);
    start(token, image).statusCode(400);
    var found =
        with(token)
            .get("/api/images/deleted")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath()
            .getMap("items.find { it.id == '%s' }".formatted(image));
    assertThat(found).containsEntry("deletedBy", "image-deleter").containsEntry("mayRestore", true);
    assertThat(
            Duration.between(
                Instant.parse((String) found.get("deletedAt")),
                Instant.parse((String) found.get("removedAt"))))
        .isEqualTo(Duration.ofDays(1));
    with(token)
        .post("/api/images/%s/restore".formatted(image))
        .then()
        .statusCode(200)
        .body("name", equalTo("noise-4101.png"));
    with(token).get("/api/images/" + image + ".png").then().statusCode(200);
    with(token).post("/api/images/%s/restore".formatted(image)).then().statusCode(404);
    admin()
        .queryParam("actor", "image-deleter")
        .get("/api/audit")
        .then()
        .body("items[0].action", equalTo("image-restore"))
        .body("items[1].action", equalTo("image-delete"))
        .body("items[1].subject", equalTo("image " + image));
  }

  @Test
  void the_same_photograph_uploaded_again_is_the_deleted_one() {
    String token = researcher("image-repeater");
    String image = upload(token, 4102);
    with(token).delete("/api/images/" + image).then().statusCode(204);
    assertThat(upload(token, 4102)).isEqualTo(image);
    with(token).get("/api/images?limit=100").then().body("items.id", hasItem(image));
    with(token).get("/api/images/deleted").then().body("items.id", not(hasItem(image)));
  }

  @Test
  void the_photograph_of_another_one_is_an_administrators_to_delete() {
    String token = researcher("image-jealous");
    String image = upload(researcher("image-owner"), 4103);
    with(token)
        .delete("/api/images/" + image)
        .then()
        .statusCode(403)
        .contentType(Problem.MEDIA_TYPE)
        .body("detail", containsString("image-owner"));
    admin().delete("/api/images/" + image).then().statusCode(204);
    with(token).post("/api/images/%s/restore".formatted(image)).then().statusCode(403);
    admin().post("/api/images/%s/restore".formatted(image)).then().statusCode(200);
  }

  @Test
  void a_photograph_that_a_job_is_about_stays_until_the_job_is_deleted() {
    String image = upload(LockedLab.TOKEN, 4104);
    long job = endedJob(image);
    admin()
        .get("/api/images/%s/use".formatted(image))
        .then()
        .body("jobs", equalTo(List.of("" + job)));
    admin()
        .delete("/api/images/" + image)
        .then()
        .statusCode(409)
        .contentType(Problem.MEDIA_TYPE)
        .body("detail", containsString("delete first what is about it, job " + job));
    admin().delete("/api/jobs/" + job).then().statusCode(204);
    admin().delete("/api/images/" + image).then().statusCode(204);
    admin().post("/api/jobs/%d/restore".formatted(job)).then().statusCode(200);
    admin().get("/api/images/" + image).then().statusCode(200);
  }

  @Test
  void a_deleted_photograph_goes_for_good_only_when_no_job_can_come_back_that_is_about_it() {
    String image = upload(LockedLab.TOKEN, 4105);
    long job = endedJob(image);
    admin().delete("/api/jobs/" + job).then().statusCode(204);
    admin().delete("/api/images/" + image).then().statusCode(204);
    Instant tomorrow = clock.instant().plus(Duration.ofDays(1));
    assertThat(deleted.before(tomorrow)).contains(image);
    assertThat(deleted.remove(image, tomorrow)).isEmpty();

    String unused = upload(LockedLab.TOKEN, 4106);
    admin().delete("/api/images/" + unused).then().statusCode(204);
    assertThat(deleted.remove(unused, clock.instant().minus(Duration.ofDays(1)))).isEmpty();
    assertThat(deleted.remove(unused, tomorrow)).isPresent();
    admin().post("/api/images/%s/restore".formatted(unused)).then().statusCode(404);
  }
}
