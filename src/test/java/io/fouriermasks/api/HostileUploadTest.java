package io.fouriermasks.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What strangers upload: refused with a reason, while the rest of the batch is kept. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
class HostileUploadTest {

  @Test
  void each_bad_file_is_refused_with_its_reason_and_the_good_ones_are_kept() throws IOException {
    byte[] good = TestPictures.noise(30, 30, 51, "png");
    byte[] jpeg = TestPictures.reference("colour_64x48.jpg");
    Map<String, byte[]> bad = new LinkedHashMap<>();
    bad.put("truncated.jpg", Arrays.copyOf(jpeg, jpeg.length / 2));
    bad.put("empty.png", new byte[0]);
    bad.put("huge.png", pngHeader(100_000, 100_000));
    bad.put("page.jpg", "<html><script>alert(1)</script>".getBytes(StandardCharsets.UTF_8));
    bad.put(
        "disguised.jpg",
        concat(
            Arrays.copyOf(jpeg, 20), "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8)));
    bad.put("animation.gif", TestPictures.noise(10, 10, 1, "gif"));

    RequestSpecification request = given().multiPart("files", "first.png", good, "image/png");
    bad.forEach((name, file) -> request.multiPart("files", name, file, "image/png"));
    request.multiPart("files", "last.png", TestPictures.noise(30, 30, 52, "png"), "image/png");
    JsonPath answer = request.post("/api/images").then().statusCode(200).extract().jsonPath();

    assertThat(answer.getString("files[0].image.id")).isNotNull();
    assertThat(answer.getString("files[7].image.id")).isNotNull();
    List<String> names = List.copyOf(bad.keySet());
    for (int i = 0; i < names.size(); i++) {
      String file = "files[" + (i + 1) + "]";
      assertThat(answer.getString(file + ".name")).isEqualTo(names.get(i));
      assertThat(answer.getString(file + ".image")).as(names.get(i)).isNull();
      assertThat(answer.getString(file + ".problem.title")).isEqualTo("The picture was refused");
      assertThat(answer.getString(file + ".problem.detail"))
          .as(names.get(i))
          .isNotBlank()
          .doesNotContain("Exception", "java", "fouriermasks");
    }
    assertThat(answer.getString("files[3].problem.detail")).contains("100000 x 100000");
    assertThat(answer.getString("files[4].problem.detail")).contains("neither PNG nor JPEG");
  }

  @Test
  void an_upload_of_which_nothing_is_kept_is_unprocessable() {
    given()
        .multiPart("files", "empty.png", new byte[0], "image/png")
        .post("/api/images")
        .then()
        .statusCode(422)
        .body("files", hasSize(1))
        .body("files[0].problem.detail", equalTo("The file is empty; copy or download it again."));
  }

  @Test
  void unusual_pictures_are_taken() throws IOException {
    BufferedImage deep = new BufferedImage(40, 20, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(3, 4, 0, 40_000);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("one.png", TestPictures.noise(1, 1, 53, "png"));
    files.put("deep.png", TestPictures.encode(deep, "png"));
    files.put("print.jpg", TestPictures.reference("cmyk_150x131.jpg"));
    files.put("palette.png", TestPictures.reference("palette_150x131.png"));
    files.put("turned.jpg", turned(TestPictures.reference("colour_64x48.jpg")));
    RequestSpecification request = given();
    files.forEach((name, file) -> request.multiPart("files", name, file, "image/png"));
    JsonPath answer = request.post("/api/images").then().statusCode(200).extract().jsonPath();

    assertThat(answer.getList("files.problem")).containsOnlyNulls();
    assertThat(answer.getList("files.image.width", Integer.class))
        .containsExactly(1, 40, 150, 150, 48);
    assertThat(answer.getList("files.image.height", Integer.class))
        .containsExactly(1, 20, 131, 131, 64);
    for (String id : answer.getList("files.image.id", String.class)) {
      byte[] input = given().get("/api/images/" + id + "/input.png").asByteArray();
      assertThat(ImageIO.read(new ByteArrayInputStream(input)).getWidth()).isEqualTo(128);
    }
  }

  @Test
  void nothing_but_pixels_is_kept_of_a_file() throws IOException {
    byte[] secret = "52.5200 N 13.4050 E".getBytes(StandardCharsets.US_ASCII);
    byte[] jpeg = TestPictures.reference("colour_64x48.jpg");
    byte[] tagged = concat(Arrays.copyOf(jpeg, 2), segment(0xfe, secret), tail(jpeg, 2));
    String id = ImageApiTest.upload(tagged);
    byte[] stored = given().get("/api/images/" + id + ".png").asByteArray();
    assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("52.5200");
  }

  @Test
  void a_thousand_files_are_taken_and_one_more_is_too_many() {
    byte[] picture = TestPictures.noise(8, 8, 54, "png");
    RequestSpecification thousand = given();
    for (int i = 0; i < 1000; i++) {
      thousand.multiPart("files", i + ".png", picture, "image/png");
    }
    thousand
        .post("/api/images")
        .then()
        .statusCode(200)
        .body("files", hasSize(1000))
        .body("files[999].name", equalTo("999.png"));
    thousand.multiPart("files", "more.png", picture, "image/png");
    thousand
        .post("/api/images")
        .then()
        .statusCode(413)
        .contentType("application/problem+json")
        .body("detail", equalTo("Send at most 1000 files in one request."));
  }

  @Test
  void a_file_over_the_limit_is_refused_alone() {
    byte[] large = Arrays.copyOf(TestPictures.noise(8, 8, 55, "png"), 21 << 20);
    given()
        .multiPart("files", "large.png", large, "image/png")
        .multiPart("files", "small.png", TestPictures.noise(8, 8, 56, "png"), "image/png")
        .post("/api/images")
        .then()
        .statusCode(200)
        .body("files[0].problem.detail", org.hamcrest.Matchers.containsString("20 MB"))
        .body("files[1].problem", org.hamcrest.Matchers.nullValue());
  }

  /** A PNG that promises more than it has. */
  private static byte[] pngHeader(int width, int height) throws IOException {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(header);
    out.writeBytes("IHDR");
    out.writeInt(width);
    out.writeInt(height);
    out.write(new byte[] {8, 2, 0, 0, 0});
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    DataOutputStream png = new DataOutputStream(file);
    png.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    png.writeInt(13);
    png.write(header.toByteArray());
    CRC32 crc = new CRC32();
    crc.update(header.toByteArray());
    png.writeInt((int) crc.getValue());
    return file.toByteArray();
  }

  /** The JPEG with an EXIF orientation of 6: to be turned by 90 degrees. */
  private static byte[] turned(byte[] jpeg) throws IOException {
    ByteArrayOutputStream exif = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(exif);
    out.writeBytes("Exif\0\0MM");
    out.writeShort(42);
    out.writeInt(8);
    out.writeShort(1);
    out.writeShort(0x0112);
    out.writeShort(3);
    out.writeInt(1);
    out.writeShort(6);
    out.writeShort(0);
    out.writeInt(0);
    return concat(Arrays.copyOf(jpeg, 2), segment(0xe1, exif.toByteArray()), tail(jpeg, 2));
  }

  private static byte[] segment(int marker, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(0xff);
    out.write(marker);
    out.writeShort(content.length + 2);
    out.write(content);
    return bytes.toByteArray();
  }

  private static byte[] tail(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
