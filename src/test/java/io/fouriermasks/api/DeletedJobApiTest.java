package io.fouriermasks.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.fouriermasks.store.Actor;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.JobStates;
import io.fouriermasks.store.Jobs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Deleting jobs, and having them back. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(LockedLab.class)
class DeletedJobApiTest {

  @Inject Jobs jobs;
  @Inject JobStates states;

  private long queuedJob(String by) {
    return jobs.insert(JobSpecification.imageMasks("none", List.of()), "none", new Actor(by)).id();
  }

  /** A job that has ended before it began, so that nothing runs. */
  private long endedJob(String by) {
    return states.decide(queuedJob(by), job -> Optional.of(JobState.CANCELLED)).id();
  }

  @Test
  void one_deletes_ones_own_job_and_has_it_back() {
    LabUser user = LabUser.add("deleter", "researcher");
    long job = endedJob("deleter");
    user.asks()
        .get("/api/jobs/%d/belongings".formatted(job))
        .then()
        .statusCode(200)
        .body("masks", equalTo(0))
        .body("secondsToRestore", equalTo((int) Duration.ofDays(1).toSeconds()));
    user.asks().delete("/api/jobs/" + job).then().statusCode(204);
    user.asks().get("/api/jobs/" + job).then().statusCode(404);
    user.asks().get("/api/jobs/table").then().body("items.id", not(hasItem("" + job)));
    user.asks().delete("/api/jobs/" + job).then().statusCode(404);
    var found =
        user.asks()
            .get("/api/jobs/deleted")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath()
            .getMap("items.find { it.id == '%d' }".formatted(job));
    assertThat(found).containsEntry("deletedBy", "deleter").containsEntry("mayRestore", true);
    assertThat(
            Duration.between(
                Instant.parse((String) found.get("deletedAt")),
                Instant.parse((String) found.get("removedAt"))))
        .isEqualTo(Duration.ofDays(1));
    user.asks()
        .post("/api/jobs/%d/restore".formatted(job))
        .then()
        .statusCode(200)
        .body("state", equalTo("CANCELLED"))
        .body("createdBy", equalTo("deleter"));
    user.asks().get("/api/jobs/" + job).then().statusCode(200);
    user.asks().post("/api/jobs/%d/restore".formatted(job)).then().statusCode(404);
    LabUser.ADMIN
        .asks()
        .queryParam("actor", "deleter")
        .get("/api/audit")
        .then()
        .body("items[0].action", equalTo("job-restore"))
        .body("items[1].action", equalTo("job-delete"))
        .body("items[1].subject", equalTo("job " + job));
  }

  @Test
  void the_job_of_another_one_is_an_administrators_to_delete() {
    LabUser user = LabUser.add("jealous", "researcher");
    long job = endedJob("somebody-else");
    user.asks()
        .delete("/api/jobs/" + job)
        .then()
        .statusCode(403)
        .contentType(Problem.MEDIA_TYPE)
        .body("detail", containsString("somebody-else"));
    LabUser.ADMIN.asks().delete("/api/jobs/" + job).then().statusCode(204);
    user.asks().post("/api/jobs/%d/restore".formatted(job)).then().statusCode(403);
    user.asks()
        .get("/api/jobs/deleted")
        .then()
        .body("items.find { it.id == '%d' }.mayRestore".formatted(job), equalTo(false));
    LabUser.ADMIN.asks().post("/api/jobs/%d/restore".formatted(job)).then().statusCode(200);
  }

  @Test
  void a_job_that_waits_is_cancelled_before_it_is_deleted() {
    long job = queuedJob("hasty");
    LabUser.ADMIN
        .asks()
        .delete("/api/jobs/" + job)
        .then()
        .statusCode(409)
        .body("detail", containsString("cancel it first"));
    LabUser.ADMIN.asks().get("/api/jobs/" + job).then().statusCode(200);
  }
}
