package io.fouriermasks.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many jobs that have not ended one may have. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(LimitedLab.class)
class JobLimitTest {

  private static Map<String, Object> specification(String image, int seed) {
    return Map.of(
        "kind", "image-mask", "model", LabFolder.MODEL, "images", List.of(image), "seed", seed);
  }

  private static void refused(Response answer, String detail) {
    answer
        .then()
        .statusCode(429)
        .contentType(Problem.MEDIA_TYPE)
        .header("Retry-After", equalTo(null))
        .body("title", equalTo("Too many jobs"))
        .body("detail", equalTo(detail));
  }

  private static String started(LabUser user, Map<String, Object> specification) {
    return user.sends("/api/jobs", specification).then().statusCode(202).extract().path("id");
  }

  @Test
  void who_has_too_many_is_told_how_many_and_what_to_do_and_others_go_on() {
    LabUser busy = LabUser.add("busy", "researcher");
    LabUser other = LabUser.add("other", "researcher");
    String image = busy.uploads(7101);
    String first = started(busy, specification(image, 1));
    started(busy, specification(image, 2));

    refused(
        busy.sends("/api/jobs", specification(image, 3)),
        "You may have 2 jobs that have not ended. You have 2 now (2 queued), and this asks for one"
            + " more. Wait until some have ended, or cancel some on the page Jobs.");
    started(other, specification(image, 3));

    busy.asks().post("/api/jobs/%s/cancel".formatted(first)).then().statusCode(202);
    String third = started(busy, specification(image, 4));
    refused(
        busy.asks().post("/api/jobs/%s/retry".formatted(first)),
        "You may have 2 jobs that have not ended. You have 2 now (2 queued), and this asks for one"
            + " more. Wait until some have ended, or cancel some on the page Jobs.");
    busy.asks().post("/api/jobs/%s/cancel".formatted(third)).then().statusCode(202);
    busy.asks().post("/api/jobs/%s/retry".formatted(first)).then().statusCode(202);
  }

  @Test
  void a_study_counts_its_new_jobs_and_is_started_whole_or_not_at_all() {
    LabUser user = LabUser.add("student", "researcher");
    String image = user.uploads(7102);
    List<Map<String, Object>> three =
        IntStream.of(1, 2, 3).mapToObj(seed -> specification(image, seed)).toList();

    refused(
        user.sends("/api/studies", Map.of("name", "three", "jobs", three)),
        "You may have 2 jobs that have not ended. You have none now, and this asks for 3 more. Ask"
            + " for fewer at once.");
    assertThat(user.asks().get("/api/studies").jsonPath().getList("items.name"))
        .doesNotContain("three");
    user.sends("/api/studies", Map.of("name", "two", "jobs", three.subList(0, 2)))
        .then()
        .statusCode(202);
    refused(
        user.sends("/api/studies", Map.of("name", "one", "jobs", three.subList(2, 3))),
        "You may have 2 jobs that have not ended. You have 2 now (2 queued), and this asks for one"
            + " more. Wait until some have ended, or cancel some on the page Jobs.");
  }
}
