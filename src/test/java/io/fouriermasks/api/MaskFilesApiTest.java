package io.fouriermasks.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.fouriermasks.job.MaskIntake;
import io.fouriermasks.spectrum.NpyArray;
import io.fouriermasks.store.LabConfig;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Masks that come from files, over HTTP. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
class MaskFilesApiTest {

  @Inject MaskIntake intake;
  @Inject LabConfig config;

  @BeforeEach
  void the_folders_have_been_looked_through() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> given().get("/api/system").path("folders").equals("ready"));
  }

  @Test
  void the_mask_of_a_model_in_the_samples_is_there_after_the_start() {
    given()
        .get("/api/masks?kind=model-mask&model=" + LabFolder.MODEL)
        .then()
        .statusCode(200)
        .body("items", hasSize(1))
        .body("items[0].kind", equalTo("model-mask"))
        .body("items[0].job", nullValue())
        .body("items[0].image", nullValue())
        .body("items[0].label", nullValue())
        .body("items[0].predictionKept", nullValue())
        .body("items[0].model", equalTo(LabFolder.MODEL))
        .body("items[0].unmaskedAccuracy", equalTo(0.8f))
        .body("items[0].maskedAccuracy", equalTo(0.75f))
        .body("items[0].epochs", equalTo(3))
        .body("items[0].keptEpoch", equalTo(2))
        .body("items[0].invariance", equalTo(0.25f))
        .body("items[0].steps", equalTo(360))
        .body("items[0].converged", equalTo(true))
        .body("items[0].stopReason", equalTo("CONVERGED"));
  }

  @Test
  void a_mask_from_a_file_is_served_in_every_form() throws IOException {
    JsonPath list = given().get("/api/masks?kind=model-mask&model=" + LabFolder.MODEL).jsonPath();
    String mask = "/api/masks/" + list.getString("items[0].id");
    NpyArray npy = NpyArray.decode(given().get(mask + ".npy").asByteArray());
    float[] expected = KitFiles.disc(LabFolder.MASK_RADIUS).fullPlane();
    assertThat(npy.floats()).isEqualTo(expected);
    assertThat(given().get(mask + ".bin").asByteArray()).isEqualTo(npy.data());
    assertThat(given().get(mask + ".npz").asByteArray())
        .isEqualTo(
            KitFiles.ofModel(KitFiles.disc(LabFolder.MASK_RADIUS), Map.of("kind", "model-mask")));
    assertThat(picture(mask + ".png?map=gray").getRGB(64, 64) & 0xff).isEqualTo(255);
    given()
        .get(mask + "/masked.png")
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
  }

  @Test
  void the_image_through_a_mask_from_a_file_is_computed_when_it_is_asked_for() throws IOException {
    Path data = config.dataDir();
    KitFiles.write(data, "photos/val/moss/far.png", TestPictures.noise(128, 128, 903, "png"));
    Map<String, String> context = Map.of("kind", "image-mask");
    for (String variant : new String[] {"n", "attacked"}) {
      KitFiles.write(
          data,
          "masks/tiny/compact_imagemask_" + variant + "/moss/far.npz",
          KitFiles.ofImage(KitFiles.disc(0), "moss/far.png", context));
    }
    intake.run();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> given().get("/api/system").path("engine.state").equals("ready"));
    JsonPath list = given().get("/api/masks?kind=image-mask&limit=2").jsonPath();
    assertThat(list.getList("items.variant")).containsExactly("n", "attacked");

    String mask = "/api/masks/" + list.getString("items[0].id");
    BufferedImage through = picture(mask + "/masked.png");
    // only the mean is left
    assertThat(through.getRGB(3, 5)).isEqualTo(through.getRGB(100, 90));
    String tag = given().get(mask + "/masked.png").header("ETag");
    given().header("If-None-Match", tag).get(mask + "/masked.png").then().statusCode(304);
    given()
        .get("/api/masks/" + list.getString("items[1].id") + "/masked.png")
        .then()
        .statusCode(404);
    given()
        .get("/api/masks?image=" + list.getString("items[0].image"))
        .then()
        .body("items", hasSize(2))
        .body("items.variant", hasItems("n", "attacked"))
        .body("items.labelName", everyItem(equalTo(list.getString("items[0].labelName"))));
  }

  @Test
  void an_unknown_kind_is_a_problem_that_names_the_field() {
    given()
        .get("/api/masks?kind=opera-mask")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("field", equalTo("kind"));
  }

  private static BufferedImage picture(String path) throws IOException {
    return ImageIO.read(
        new ByteArrayInputStream(given().get(path).then().statusCode(200).extract().asByteArray()));
  }
}
