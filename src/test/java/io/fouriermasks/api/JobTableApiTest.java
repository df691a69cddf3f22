package io.fouriermasks.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.fouriermasks.store.Actor;
import io.fouriermasks.store.Image;
import io.fouriermasks.store.Images;
import io.fouriermasks.store.JobEvent;
import io.fouriermasks.store.JobEvents;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.JobStates;
import io.fouriermasks.store.Jobs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The table of jobs over HTTP; the jobs are stored without being run. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(CrowdedLab.class)
class JobTableApiTest {

  @Inject Jobs jobs;
  @Inject JobStates states;
  @Inject JobEvents events;
  @Inject Images images;

  /** A word that finds the jobs of this test, among those of others. */
  private String word;

  @BeforeEach
  void a_new_word() {
    word = "w" + UUID.randomUUID().toString().substring(0, 8);
  }

  @Test
  void rows_tell_the_best_and_the_last_value_and_are_sorted_by_either() {
    long turning = ended(0.9, 0.1, 0.6);
    long falling = ended(0.9, 0.5, 0.2);
    JsonPath best = rows("&sort=best&metric=sparsity");
    assertThat(ids(best)).containsExactly(turning, falling);
    assertThat(best.getLong("total")).isEqualTo(2);
    assertThat(best.getString("items[0].title")).isEqualTo(word + ".jpg");
    assertThat(best.getString("items[0].state")).isEqualTo("CANCELLED");
    Map<String, Object> sparsity = best.getMap("items[0].values[0]");
    assertThat(sparsity)
        .containsEntry("metric", "sparsity")
        .containsEntry("format", "percent")
        .containsEntry("best", 0.1f)
        .containsEntry("last", 0.6f)
        .containsEntry("step", 3);
    assertThat(ids(rows("&sort=last&metric=sparsity"))).containsExactly(falling, turning);
    assertThat(ids(rows(""))).containsExactly(falling, turning);
  }

  @Test
  void pages_follow_each_other_in_the_order_that_was_asked_for() {
    List<Long> made = IntStream.of(5, 1, 4, 2, 3).mapToObj(tenth -> ended(tenth / 10.0)).toList();
    String query = "&sort=best&metric=sparsity&limit=2";
    JsonPath first = rows(query);
    JsonPath second = rows(query + "&cursor=" + first.getString("next"));
    JsonPath third = rows(query + "&cursor=" + second.getString("next"));
    assertThat(ids(first)).containsExactly(made.get(1), made.get(3));
    assertThat(ids(second)).containsExactly(made.get(4), made.get(2));
    assertThat(ids(third)).containsExactly(made.get(0));
    assertThat(third.getString("next")).isNull();
  }

  @Test
  void groups_have_their_progress_in_common() {
    ended(0.5);
    submit(7, image());
    given()
        .get("/api/jobs/table/groups?by=model&q=" + word)
        .then()
        .statusCode(200)
        .body("items", hasSize(1))
        .body("items[0].name", equalTo("Compact, plain (tiny)"))
        .body("items[0].jobs", equalTo(2))
        .body("items[0].ended", equalTo(1))
        .body("items[0].states.CANCELLED", equalTo(1))
        .body("items[0].states.QUEUED", equalTo(1));
    given()
        .get("/api/jobs/table/groups?by=study&q=" + word)
        .then()
        .body("items[0].key", nullValue())
        .body("items[0].jobs", equalTo(2));
  }

  @Test
  void only_what_differs_between_specifications_is_shown() {
    String shared = image();
    String other = image();
    long first = submit(7, shared);
    long second = submit(8, shared, other);
    JsonPath answer = given().get("/api/jobs/differences?jobs=" + first + "," + second).jsonPath();
    assertThat(answer.getList("jobs.id", Long.class)).containsExactly(first, second);
    assertThat(answer.getList("same")).contains("kind", "model", "preset", "maxSteps");
    assertThat(answer.getList("differences.field")).containsExactlyInAnyOrder("images", "seed");
    assertThat(answer.getList("differences.find { it.field == 'seed' }.values"))
        .containsExactly(7, 8);
    assertThat(answer.getInt("differences.find { it.field == 'images' }.shared")).isEqualTo(1);
    assertThat(answer.getList("differences.find { it.field == 'images' }.values"))
        .containsExactly(List.of(), List.of(word + ".jpg"));
  }

  @Test
  void points_are_thinned_if_asked_and_whole_in_a_narrow_range() {
    long job = submit(1, image());
    events.append(
        jobs.get(job).lease(),
        IntStream.rangeClosed(1, 5000).mapToObj(step -> point(step, 1.0 / step)).toList());
    String points = "/api/jobs/" + job + "/points";
    given().get(points).then().body("items", hasSize(5000));
    JsonPath thin = given().get(points + "?most=500").jsonPath();
    assertThat(thin.getList("items").size()).isBetween(100, 502);
    assertThat(thin.getList("items.step", Integer.class)).isSorted().startsWith(1).endsWith(5000);
    assertThat(
            given()
                .get(points + "?most=500&from=1001&to=1500")
                .jsonPath()
                .getList("items.step", Integer.class))
        .isEqualTo(IntStream.rangeClosed(1001, 1500).boxed().toList());
    given().get(points + "?most=5").then().statusCode(400).body("field", equalTo("most"));
    given().get(points + "?to=x").then().statusCode(400).body("field", equalTo("to"));
  }

  @Test
  void what_cannot_be_is_a_problem_with_the_field_at_fault() {
    Map<String, String> wrong =
        Map.of(
            "/api/jobs/table?sort=luck", "sort",
            "/api/jobs/table?sort=best", "metric",
            "/api/jobs/table?sort=best&metric=luck", "metric",
            "/api/jobs/table?sort=best&metric=learningRate", "metric",
            "/api/jobs/table?state=BORED", "state",
            "/api/jobs/table?kind=coffee", "kind",
            "/api/jobs/table?study=x", "study",
            "/api/jobs/table?cursor=12", "cursor",
            "/api/jobs/table/groups?by=luck", "by",
            "/api/jobs/differences?jobs=1", "jobs");
    wrong.forEach(
        (path, field) ->
            given()
                .get(path)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("field", equalTo(field)));
    given()
        .get("/api/jobs/differences?jobs=999998,999999")
        .then()
        .statusCode(404)
        .body("detail", containsString("999998"));
    given().get("/api/jobs/table?limit=0").then().statusCode(400);
    given().get("/api/jobs/table").then().body("total", greaterThanOrEqualTo(0));
    given().get("/api/events?jobs=1&curves=x").then().statusCode(400);
  }

  private JsonPath rows(String query) {
    return given().get("/api/jobs/table?q=" + word + query).then().extract().jsonPath();
  }

  private static List<Long> ids(JsonPath rows) {
    return rows.getList("items.id", Long.class);
  }

  private String image() {
    String id = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    images.store(
        new Image(id, word + ".jpg", 1, 1, "a".repeat(64), "b".repeat(64), Instant.EPOCH, null),
        Actor.LAB);
    return id;
  }

  private long submit(long seed, String... imageIds) {
    return jobs.insert(
            new JobSpecification.ImageMasks(
                LabFolder.MODEL, List.of(imageIds), false, null, null, seed))
        .id();
  }

  private long ended(double... sparsities) {
    long id = submit(1, image());
    events.append(
        jobs.get(id).lease(),
        IntStream.range(0, sparsities.length).mapToObj(i -> point(i + 1, sparsities[i])).toList());
    states.decide(id, job -> Optional.of(JobState.CANCELLED));
    return id;
  }

  private static JobEvent.Draft point(int step, double sparsity) {
    return new JobEvent.Draft(
        JobEvent.Kind.POINT, 0, step, "{\"sparsity\":%s}".formatted(sparsity));
  }
}
