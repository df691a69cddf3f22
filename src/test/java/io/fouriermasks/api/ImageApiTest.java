package io.fouriermasks.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LabFolder.class)
class ImageApiTest {

  @Test
  void an_uploaded_photograph_is_stored_and_served() throws IOException {
    byte[] photograph = TestPictures.reference("colour_500x375.jpg");
    JsonPath stored =
        given()
            .multiPart("files", "folder/a <b>dog</b>.jpg", photograph, "text/plain")
            .post("/api/images")
            .then()
            .statusCode(200)
            .body("files", hasSize(1))
            .body("files[0].problem", nullValue())
            .body("files[0].image.width", equalTo(500))
            .body("files[0].image.height", equalTo(375))
            .extract()
            .jsonPath();
    String id = stored.getString("files[0].image.id");
    assertThat(id).matches("[0-9a-f]{16}");
    assertThat(stored.getString("files[0].image.name")).isEqualTo("b>.jpg");
    given()
        .get("/api/images/" + id)
        .then()
        .statusCode(200)
        .body("id", equalTo(id))
        .body("createdAt", containsString("T"));
    BufferedImage picture = picture("/api/images/" + id + ".png");
    assertThat(picture.getWidth()).isEqualTo(500);
    assertThat(picture.getHeight()).isEqualTo(375);
    BufferedImage input = picture("/api/images/" + id + "/input.png");
    assertThat(input.getWidth()).isEqualTo(128);
    assertThat(input.getHeight()).isEqualTo(128);
    BufferedImage expected =
        ImageIO.read(
            new ByteArrayInputStream(TestPictures.reference("expected/colour_500x375.jpg.png")));
    int differing = 0;
    for (int y = 0; y < 128; y++) {
      for (int x = 0; x < 128; x++) {
        int difference =
            input.getRaster().getSample(x, y, 0) - expected.getRaster().getSample(x, y, 0);
        assertThat(Math.abs(difference)).isLessThanOrEqualTo(2);
        differing += difference == 0 ? 0 : 1;
      }
    }
    assertThat(differing).isLessThan(128 * 128 / 4);
  }

  @Test
  void the_same_picture_in_two_files_is_stored_once() {
    byte[] picture = TestPictures.noise(60, 40, 11, "png");
    String first = upload(picture);
    assertThat(upload(picture)).isEqualTo(first);
    List<String> ids = given().get("/api/images?limit=500").jsonPath().getList("items.id");
    assertThat(ids).doesNotHaveDuplicates().contains(first);
  }

  @Test
  void pictures_are_served_with_a_tag_and_not_sent_twice() {
    String id = upload(TestPictures.noise(40, 40, 12, "png"));
    Response picture = given().get("/api/images/" + id + ".png");
    assertThat(picture.contentType()).isEqualTo("image/png");
    assertThat(picture.header("Cache-Control")).contains("immutable");
    String tag = picture.header("ETag");
    Response again = given().header("If-None-Match", tag).get("/api/images/" + id + ".png");
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.asByteArray()).isEmpty();
    assertThat(again.header("ETag")).isEqualTo(tag);
  }

  @Test
  void pages_of_pictures_follow_each_other() {
    List<String> uploaded = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      uploaded.add(0, upload(TestPictures.noise(20, 20, 100 + i, "png")));
    }
    JsonPath first = given().get("/api/images?limit=2").jsonPath();
    JsonPath second =
        given().get("/api/images?limit=1&cursor=" + first.getString("next")).jsonPath();
    List<String> seen = new ArrayList<>(first.getList("items.id", String.class));
    seen.addAll(second.getList("items.id", String.class));
    assertThat(seen).isEqualTo(uploaded);
  }

  @Test
  void every_network_predicts_a_picture() {
    String id = upload(TestPictures.reference("colour_160x213.jpg"));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> given().get("/api/images/" + id + "/predictions").statusCode() == 200);
    JsonPath first =
        given()
            .get("/api/images/" + id + "/predictions")
            .then()
            .body("items.model.id", hasItem(LabFolder.MODEL))
            .body("items[0].logits", hasSize(5))
            .body("items[0].probabilities", hasSize(5))
            .extract()
            .jsonPath();
    List<Float> probabilities = first.getList("items[0].probabilities", Float.class);
    assertThat(probabilities.stream().mapToDouble(Float::doubleValue).sum())
        .isCloseTo(1, org.assertj.core.data.Offset.offset(1e-5));
    int prediction = first.getInt("items[0].prediction");
    assertThat(probabilities.get(prediction))
        .isEqualTo(probabilities.stream().max(Float::compare).orElseThrow())
        .isEqualTo(first.getFloat("items[0].probability"));
    assertThat(first.getString("items[0].className"))
        .isEqualTo(first.getString("items[0].model.classes[" + prediction + "]"));
    // the second time from the store
    given()
        .get("/api/images/" + id + "/predictions")
        .then()
        .body("items[0].logits[0]", equalTo(first.getFloat("items[0].logits[0]")));
  }

  @Test
  void what_is_not_there_is_a_problem() {
    for (String path :
        List.of(
            "/api/images/0000000000000000",
            "/api/images/0000000000000000.png",
            "/api/images/0000000000000000/input.png",
            "/api/images/0000000000000000/predictions")) {
      given()
          .get(path)
          .then()
          .statusCode(404)
          .contentType("application/problem+json")
          .body("type", equalTo("about:blank"))
          .body("status", equalTo(404))
          .body("detail", equalTo("There is no image 0000000000000000."));
    }
  }

  @Test
  void a_wrong_page_is_a_problem_that_names_the_field() {
    for (String limit : List.of("0", "501", "many", "-1")) {
      given()
          .get("/api/images?limit=" + limit)
          .then()
          .statusCode(400)
          .contentType("application/problem+json")
          .body("field", equalTo("limit"));
    }
    given().get("/api/images?cursor=x").then().statusCode(400).body("field", equalTo("cursor"));
  }

  @Test
  void a_request_without_files_is_a_problem() {
    given()
        .multiPart("other", "text")
        .post("/api/images")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("field", equalTo("files"));
  }

  @Test
  void a_hundred_photographs_in_one_request_are_all_stored() {
    RequestSpecification request = given();
    for (int i = 0; i < 100; i++) {
      request.multiPart(
          "files", i + ".jpg", TestPictures.noise(500, 375, 1000 + i, "jpg"), "image/jpeg");
    }
    request
        .post("/api/images")
        .then()
        .statusCode(200)
        .body("files.image.id.flatten().unique().size()", equalTo(100));
  }

  static String upload(byte[] picture) {
    return given()
        .multiPart("files", "picture", picture, "application/octet-stream")
        .post("/api/images")
        .then()
        .statusCode(200)
        .extract()
        .path("files[0].image.id");
  }

  private static BufferedImage picture(String path) throws IOException {
    Response response = given().get(path);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.contentType()).isEqualTo("image/png");
    return ImageIO.read(new ByteArrayInputStream(response.asByteArray()));
  }
}
