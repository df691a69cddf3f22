package io.fouriermasks.api;

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

  /** A job about the photograph that has ended before it began. */
  private long endedJob(String image) {
    long id =
        jobs.insert(
                JobSpecification.imageMasks("none", List.of(image)), "none", new Actor("somebody"))
            .id();
    return states.decide(id, job -> Optional.of(JobState.CANCELLED)).id();
  }

  @Test
  void one_deletes_ones_own_photograph_and_has_it_back() {
    LabUser user = LabUser.add("image-deleter", "researcher");
    String image = user.uploads(4101);
    user.asks()
        .get("/api/images/%s/use".formatted(image))
        .then()
        .statusCode(200)
        .body("jobs", equalTo(List.of()))
        .body("secondsToRestore", equalTo((int) Duration.ofDays(1).toSeconds()));
    user.asks().delete("/api/images/" + image).then().statusCode(204);
    for (String gone : List.of("", ".png", "/input.png", "/predictions", "/use")) {
      user.asks().get("/api/images/" + image + gone).then().statusCode(404);
    }
    user.asks().get("/api/images?limit=100").then().body("items.id", not(hasItem(image)));
    user.asks().delete("/api/images/" + image).then().statusCode(404);
    user.sends(
            "/api/jobs",
            Map.of("kind", "image-mask", "model", LabFolder.MODEL, "images", List.of(image)))
        .then()
        .statusCode(400)
        .body("field", equalTo("images"));
    var found =
        user.asks()
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
    user.asks()
        .post("/api/images/%s/restore".formatted(image))
        .then()
        .statusCode(200)
        .body("name", equalTo("4101.png"));
    user.asks().get("/api/images/" + image + ".png").then().statusCode(200);
    user.asks().post("/api/images/%s/restore".formatted(image)).then().statusCode(404);
    LabUser.ADMIN
        .asks()
        .queryParam("actor", "image-deleter")
        .get("/api/audit")
        .then()
        .body("items[0].action", equalTo("image-restore"))
        .body("items[1].action", equalTo("image-delete"))
        .body("items[1].subject", equalTo("image " + image));
  }

  @Test
  void the_same_photograph_uploaded_again_is_the_deleted_one() {
    LabUser user = LabUser.add("image-repeater", "researcher");
    String image = user.uploads(4102);
    user.asks().delete("/api/images/" + image).then().statusCode(204);
    assertThat(user.uploads(4102)).isEqualTo(image);
    user.asks().get("/api/images?limit=100").then().body("items.id", hasItem(image));
    user.asks().get("/api/images/deleted").then().body("items.id", not(hasItem(image)));
  }

  @Test
  void the_photograph_of_another_one_is_an_administrators_to_delete() {
    LabUser user = LabUser.add("image-jealous", "researcher");
    String image = LabUser.add("image-owner", "researcher").uploads(4103);
    user.asks()
        .delete("/api/images/" + image)
        .then()
        .statusCode(403)
        .contentType(Problem.MEDIA_TYPE)
        .body("detail", containsString("image-owner"));
    LabUser.ADMIN.asks().delete("/api/images/" + image).then().statusCode(204);
    user.asks().post("/api/images/%s/restore".formatted(image)).then().statusCode(403);
    LabUser.ADMIN.asks().post("/api/images/%s/restore".formatted(image)).then().statusCode(200);
  }

  @Test
  void a_photograph_that_a_job_is_about_stays_until_the_job_is_deleted() {
    String image = LabUser.ADMIN.uploads(4104);
    long job = endedJob(image);
    LabUser.ADMIN
        .asks()
        .get("/api/images/%s/use".formatted(image))
        .then()
        .body("jobs", equalTo(List.of("" + job)));
    LabUser.ADMIN
        .asks()
        .delete("/api/images/" + image)
        .then()
        .statusCode(409)
        .contentType(Problem.MEDIA_TYPE)
        .body("detail", containsString("delete first what is about it, job " + job));
    LabUser.ADMIN.asks().delete("/api/jobs/" + job).then().statusCode(204);
    LabUser.ADMIN.asks().delete("/api/images/" + image).then().statusCode(204);
    LabUser.ADMIN.asks().post("/api/jobs/%d/restore".formatted(job)).then().statusCode(200);
    LabUser.ADMIN.asks().get("/api/images/" + image).then().statusCode(200);
  }

  @Test
  void a_deleted_photograph_goes_for_good_only_when_no_job_can_come_back_that_is_about_it() {
    String image = LabUser.ADMIN.uploads(4105);
    long job = endedJob(image);
    LabUser.ADMIN.asks().delete("/api/jobs/" + job).then().statusCode(204);
    LabUser.ADMIN.asks().delete("/api/images/" + image).then().statusCode(204);
    Instant tomorrow = clock.instant().plus(Duration.ofDays(1));
    assertThat(deleted.before(tomorrow)).contains(image);
    assertThat(deleted.remove(image, tomorrow)).isEmpty();

    String unused = LabUser.ADMIN.uploads(4106);
    LabUser.ADMIN.asks().delete("/api/images/" + unused).then().statusCode(204);
    assertThat(deleted.remove(unused, clock.instant().minus(Duration.ofDays(1)))).isEmpty();
    assertThat(deleted.remove(unused, tomorrow)).isPresent();
    LabUser.ADMIN.asks().post("/api/images/%s/restore".formatted(unused)).then().statusCode(404);
  }
}
