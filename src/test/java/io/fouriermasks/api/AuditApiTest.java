package io.fouriermasks.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who did what is written down where it is done. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(LockedLab.class)
class AuditApiTest {

  private static RequestSpecification with(String token) {
    return given().header("Authorization", "Bearer " + token);
  }

  private static String user(String name, String role) {
    return with(LockedLab.TOKEN)
        .contentType(ContentType.JSON)
        .body(Map.of("name", name, "role", role))
        .post("/api/users")
        .then()
        .statusCode(201)
        .extract()
        .path("token");
  }

  private static JsonPath audit(String actor) {
    return with(LockedLab.TOKEN)
        .queryParam("actor", actor)
        .get("/api/audit")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  @Test
  void from_the_upload_to_the_cancelled_job_all_is_somebodys() {
    String token = user("audited", "researcher");
    String image =
        with(token)
            .multiPart("files", "audited.png", TestPictures.noise(64, 64, 9021, "png"))
            .post("/api/images")
            .then()
            .statusCode(200)
            .body("files[0].image.createdBy", equalTo("audited"))
            .extract()
            .path("files[0].image.id");
    Map<String, Object> specification =
        Map.of("kind", "image-mask", "model", LabFolder.MODEL, "images", List.of(image));
    String job =
        with(token)
            .contentType(ContentType.JSON)
            .body(specification)
            .post("/api/jobs")
            .then()
            .statusCode(202)
            .body("createdBy", equalTo("audited"))
            .extract()
            .path("id");
    with(LockedLab.TOKEN).post("/api/jobs/%s/cancel".formatted(job)).then().statusCode(202);
    String study =
        with(token)
            .contentType(ContentType.JSON)
            .body(Map.of("name", "audited study", "jobs", List.of(specification)))
            .post("/api/studies")
            .then()
            .statusCode(202)
            .body("createdBy", equalTo("audited"))
            .extract()
            .path("id");
    with(token).post("/api/studies/%s/cancel".formatted(study)).then().statusCode(202);

    JsonPath entries = audit("audited");
    assertThat(entries.getList("items.action", String.class))
        .endsWith("study-start", "job-start", "image-upload");
    assertThat(entries.getList("items.subject", String.class))
        .endsWith("study " + study, "job " + job, "image " + image);
    assertThat(entries.getList("items.detail", String.class))
        .endsWith("audited study, 1 jobs", "image-mask", "audited.png");
    assertThat(entries.getList("items.outcome", String.class)).containsOnly("done");
    with(LockedLab.TOKEN)
        .queryParam("action", "job-cancel")
        .queryParam("actor", "admin")
        .get("/api/audit")
        .then()
        .body("items.find { it.subject == 'job %s' }.at".formatted(job), notNullValue());
  }

  @Test
  void what_a_role_does_not_allow_is_written_once_however_often_it_is_tried() {
    String token = user("insistent", "viewer");
    for (int i = 0; i < 5; i++) {
      with(token).post("/api/images").then().statusCode(403);
    }
    await().until(() -> !audit("insistent").getList("items").isEmpty());
    JsonPath entries = audit("insistent");
    assertThat(entries.getList("items")).hasSize(1);
    assertThat(entries.getString("items[0].action")).isEqualTo("request");
    assertThat(entries.getString("items[0].subject")).isEqualTo("POST /api/images");
    assertThat(entries.getString("items[0].outcome")).isEqualTo("refused");
  }

  @Test
  void a_wrong_token_is_written_with_its_address_and_never_itself() {
    with("not-a-token-of-this-lab").get("/api/jobs").then().statusCode(401);
    await().until(() -> !audit("stranger").getList("items").isEmpty());
    String entries = audit("stranger").prettify();
    assertThat(entries).contains("address 127.0.0.1").doesNotContain("not-a-token-of-this-lab");
  }

  @Test
  void the_log_is_read_page_by_page() {
    user("paged1", "viewer");
    user("paged2", "viewer");
    RequestSpecification admin = with(LockedLab.TOKEN);
    JsonPath first = admin.queryParam("limit", 1).get("/api/audit").then().extract().jsonPath();
    assertThat(first.getList("items")).hasSize(1);
    with(LockedLab.TOKEN)
        .queryParam("limit", 1)
        .queryParam("cursor", first.getString("next"))
        .get("/api/audit")
        .then()
        .body("items", hasSize(1))
        .body(
            "items[0].id",
            equalTo(Long.toString(Long.parseLong(first.getString("items[0].id")) - 1)));
    with(LockedLab.TOKEN)
        .queryParam("action", "nonsense")
        .get("/api/audit")
        .then()
        .statusCode(400)
        .body("field", equalTo("action"));
  }
}
