package io.fouriermasks.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.fouriermasks.analysis.MaskStatistics;
import io.fouriermasks.job.MaskIntake;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.spectrum.FrequencyBands;
import io.fouriermasks.spectrum.FrequencyGrid;
import io.fouriermasks.spectrum.NpyArray;
import io.fouriermasks.spectrum.Npz;
import io.fouriermasks.store.LabConfig;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.path.json.config.JsonPathConfig;
import io.restassured.path.json.config.JsonPathConfig.NumberReturnType;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Masks side by side, over HTTP. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
class ComparisonApiTest {

  private static final FourierMask WIDE = KitFiles.disc(LabFolder.MASK_RADIUS);
  private static final FourierMask NARROW = KitFiles.disc(11);

  @Inject MaskIntake intake;
  @Inject LabConfig config;

  private String wide;
  private String narrow;

  @BeforeEach
  void two_masks_are_there() {
    KitFiles.write(
        config.dataDir(),
        "masks/tiny/compact_mask_n_class_moss.npz",
        KitFiles.ofModel(
            NARROW,
            Map.of("kind", "class-mask", "class", "moss", "classFolder", "moss", "label", 0)));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> given().get("/api/system").path("folders").equals("ready"));
    intake.run();
    wide = newest("model-mask");
    narrow = newest("class-mask");
  }

  private static String newest(String kind) {
    return given()
        .get("/api/masks?model=%s&kind=%s".formatted(LabFolder.MODEL, kind))
        .path("items[0].id");
  }

  @Test
  void masks_are_compared_with_the_baseline() {
    JsonPath found =
        given()
            .get("/api/comparisons?masks=%s,%s&baseline=%s".formatted(narrow, wide, wide))
            .then()
            .statusCode(200)
            .body("columns", hasSize(2))
            .body("columns.mask.id", equalTo(List.of(narrow, wide)))
            .body("columns.model.id", equalTo(List.of(LabFolder.MODEL, LabFolder.MODEL)))
            .body("baseline", equalTo(wide))
            .body("size", equalTo(128))
            .body("differenceLimit", equalTo(1f))
            .extract()
            .jsonPath(JsonPathConfig.jsonPathConfig().numberReturnType(NumberReturnType.DOUBLE));
    MaskStatistics statistics = MaskStatistics.of(NARROW);
    assertThat(found.getDouble("columns[0].statistics.sparsity")).isEqualTo(NARROW.sparsity());
    assertThat(found.getDouble("columns[0].statistics.effectiveRadius"))
        .isEqualTo(statistics.effectiveRadius());
    assertThat(found.getDouble("columns[0].statistics.l1Share[8]"))
        .isEqualTo(statistics.l1Share()[8]);
    double[] energies = FrequencyBands.of(128).energies(NARROW).radial();
    double[] reference = FrequencyBands.of(128).energies(WIDE).radial();
    assertThat(found.getDouble("columns[0].energies.radial[2]")).isEqualTo(energies[2]);
    assertThat(found.getDouble("columns[0].energyDifferences.radial[2]"))
        .isCloseTo(energies[2] - reference[2], offset(1e-12));
    assertThat(found.getDouble("columns[1].largestDifference")).isZero();
    assertThat(found.getDouble("columns[0].meanDifference"))
        .isCloseTo(NARROW.sparsity() - WIDE.sparsity(), offset(1e-9));
    assertThat(found.getDouble("radialEdges[64]")).isCloseTo(Math.sqrt(2) * 64, offset(1e-9));
    assertThat(found.getList("angularEdges")).hasSize(65);
  }

  @Test
  void the_first_mask_is_the_baseline_if_none_is_named() {
    given()
        .get("/api/comparisons?masks=%s,%s".formatted(wide, narrow))
        .then()
        .body("baseline", equalTo(wide));
  }

  @Test
  void planes_of_differences_and_complements_agree_with_the_masks() throws IOException {
    float[] difference = floats("/api/masks/%s/difference.bin?baseline=%s".formatted(narrow, wide));
    float[] complement = floats("/api/masks/%s/complement.bin".formatted(narrow));
    float[] mask = NARROW.fullPlane();
    float[] baseline = WIDE.fullPlane();
    for (int i = 0; i < mask.length; i++) {
      assertThat(difference[i]).isEqualTo(mask[i] - baseline[i]);
      assertThat(complement[i]).isEqualTo(mask[i] > 0 ? 0 : 1);
    }
    BufferedImage picture =
        picture("/api/masks/%s/difference.png?baseline=%s&limit=2".formatted(narrow, wide));
    // blue half way down the scale where the narrow mask keeps nothing, gray where both keep all
    int between = picture.getRGB(64 + 15, 64);
    int inside = picture.getRGB(64, 64);
    assertThat(between & 0xff).isGreaterThan(between >> 16 & 0xff);
    assertThat(Math.abs((inside & 0xff) - (inside >> 16 & 0xff))).isLessThan(4);
  }

  @Test
  void energies_leave_as_csv_with_the_bands_edges() {
    String csv =
        given()
            .get("/api/comparisons/energies.csv?masks=%s,%s".formatted(wide, narrow))
            .then()
            .statusCode(200)
            .contentType("text/csv")
            .header("Content-Disposition", equalTo("attachment; filename=\"energies.csv\""))
            .extract()
            .asString();
    List<String> lines = csv.lines().toList();
    assertThat(lines).hasSize(1 + 2 * 2 * 64);
    assertThat(lines.get(0)).isEqualTo("mask,model,kind,direction,band,from,to,energy,difference");
    assertThat(lines.get(1)).startsWith(wide + "," + LabFolder.MODEL + ",model-mask,radial,0,0.0,");
    assertThat(lines.get(1)).endsWith(",0.0");
  }

  @Test
  void all_masks_leave_as_one_archive() {
    byte[] file =
        given()
            .get("/api/comparisons/masks.npz?masks=%s,%s".formatted(wide, narrow))
            .then()
            .statusCode(200)
            .extract()
            .asByteArray();
    Map<String, NpyArray> arrays = Npz.decode(file);
    assertThat(arrays.keySet())
        .containsExactly("mask_" + wide + "_tiny_compact_n", "mask_" + narrow + "_tiny_compact_n");
    assertThat(arrays.get("mask_" + narrow + "_tiny_compact_n").floats())
        .isEqualTo(NARROW.fullPlane());
  }

  @Test
  void any_image_is_shown_through_any_mask_and_its_complement() throws IOException {
    String image =
        given()
            .multiPart("files", "leaf.png", TestPictures.noise(128, 128, 771, "png"))
            .post("/api/images")
            .path("files[0].image.id");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> given().get("/api/system").path("engine.state").equals("ready"));
    BufferedImage through = picture("/api/masks/%s/through.png?image=%s".formatted(narrow, image));
    BufferedImage rest =
        picture("/api/masks/%s/through.png?image=%s&complement=true".formatted(narrow, image));
    assertThat(mean(through))
        .isCloseTo(mean(picture("/api/images/" + image + "/input.png")), offset(1.5));
    // the mean, zero frequency, is in the mask: without it the picture is as the networks' mean
    assertThat(mean(rest)).isCloseTo(255 * 0.45, offset(12.0));
    JsonPath looks =
        given()
            .get("/api/masks/%s/through?image=%s".formatted(narrow, image))
            .then()
            .statusCode(200)
            .body("classes", hasSize(5))
            .body("unmasked.probabilities", hasSize(5))
            .extract()
            .jsonPath();
    JsonPath known = given().get("/api/images/" + image + "/predictions").jsonPath();
    assertThat(looks.getInt("unmasked.prediction")).isEqualTo(known.getInt("items[0].prediction"));
    assertThat(looks.getDouble("unmasked.probability"))
        .isCloseTo(known.getDouble("items[0].probability"), offset(1e-4));
    assertThat(looks.getDouble("masked.probability"))
        .isNotEqualTo(looks.getDouble("unmasked.probability"));
    assertThat(looks.getString("complement.className")).isNotEmpty();
  }

  @Test
  void frequencies_are_described_by_the_server() {
    float[] all = floats("/api/frequencies/128.bin");
    FrequencyGrid grid = FrequencyGrid.of(128);
    assertThat(all).hasSize(5 * 128 * 128);
    int cell = 3 * 128 + 4;
    assertThat(all[cell]).isEqualTo(5);
    assertThat(all[128 * 128 + cell]).isEqualTo(grid.orientation()[cell]);
    assertThat(all[2 * 128 * 128 + cell]).isEqualTo(25.6f);
    assertThat(all[3 * 128 * 128 + cell]).isEqualTo(3);
    assertThat(all[4 * 128 * 128 + cell]).isEqualTo(grid.angularBand()[cell]);
  }

  @ParameterizedTest
  @CsvSource({
    "comparisons, masks",
    "comparisons?masks=, masks",
    "comparisons?masks=1&baseline=2, baseline",
    "'comparisons?masks=1,x', masks",
    "comparisons?masks=99999999, masks",
    "comparisons/masks.npz?masks=-1, masks",
    "comparisons/energies.csv?masks=1;2, masks",
    "masks/1/difference.bin, baseline",
    "masks/1/difference.bin?baseline=99999999, baseline",
    "masks/1/difference.png?baseline=1&limit=0, limit",
    "masks/1/difference.png?baseline=1&limit=NaN, limit",
    "masks/1/difference.png?baseline=1&map=jet, map",
    "masks/1/through, image",
    "masks/1/through.png?image=nowhere, image",
    "frequencies/7.bin, size",
    "frequencies/99999999999999999999.bin, size"
  })
  void what_is_wrong_is_named(String call, String field) {
    given()
        .get("/api/" + call)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("field", equalTo(field));
  }

  private static float[] floats(String path) {
    byte[] bytes = given().get(path).then().statusCode(200).extract().asByteArray();
    float[] values = new float[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  private static double mean(BufferedImage picture) {
    double sum = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        sum += picture.getRaster().getSample(x, y, 0); // getRGB would take gray for linear
      }
    }
    return sum / (picture.getWidth() * picture.getHeight());
  }

  private static BufferedImage picture(String path) throws IOException {
    return ImageIO.read(
        new ByteArrayInputStream(given().get(path).then().statusCode(200).extract().asByteArray()));
  }
}
