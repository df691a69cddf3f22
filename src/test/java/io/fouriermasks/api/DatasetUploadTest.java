package io.fouriermasks.api;

import static io.fouriermasks.api.TestArchives.zip;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.fouriermasks.store.LabConfig;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Datasets as archives, friendly and hostile. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(CrowdedLab.class)
class DatasetUploadTest {

  private static final byte[] PICTURE = TestPictures.noise(40, 30, 5, "png");

  @Inject LabConfig config;

  private static Map<String, byte[]> files(String... names) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : names) {
      files.put(name, PICTURE);
    }
    return files;
  }

  private static ValidatableResponse send(byte[] zip, String name) {
    return given()
        .multiPart("file", "data.zip", zip)
        .multiPart("name", name)
        .post("/api/datasets")
        .then();
  }

  private List<String> left() throws IOException {
    Path folder = config.dataDir().resolve("datasets");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }

  @Test
  void folders_of_classes_become_a_dataset() throws IOException {
    byte[] zip =
        zip(
            files(
                "moss/a.png",
                "moss/b c.jpg",
                "stone/d.png",
                "__MACOSX/moss/._a.png",
                "moss/.DS_Store"));
    send(zip, "walls")
        .statusCode(201)
        .header("Location", containsString("/api/datasets/datasets:walls"))
        .body("name", equalTo("walls"));
    given().get("/api/datasets").then().body("items.id", hasItem("datasets:walls"));
    assertThat(config.dataDir().resolve("datasets/walls/moss/b c.png")).isRegularFile();
    send(zip, "walls").statusCode(400).body("field", equalTo("name"));
  }

  @Test
  void splits_in_an_outer_folder_are_found() {
    send(
            zip(
                files(
                    "mine/train/moss/a.png",
                    "mine/train/stone/b.png",
                    "mine/val/moss/c.png",
                    "mine/val/stone/d.png")),
            "divided")
        .statusCode(201);
    given()
        .get("/api/datasets/datasets:divided")
        .then()
        .statusCode(200)
        .body("splits.name", equalTo(List.of("train", "val")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../up.png",
        "moss/../../up.png",
        "/etc/up.png",
        "C:\\up.png",
        "moss//up.png",
        "moss/\u0000.png",
        "moss/deep/deeper/up.png",
        "up.png",
        "moss/.hidden.png"
      })
  void a_name_that_leads_elsewhere_keeps_nothing(String name) throws IOException {
    Map<String, byte[]> files = files("moss/a.png", "stone/b.png");
    files.put(name, PICTURE);
    send(zip(files), "trap").statusCode(400).body("field", equalTo("file"));
    assertThat(left()).noneMatch(entry -> entry.contains("trap") || entry.startsWith("."));
    assertThat(config.dataDir().resolve("up.png")).doesNotExist();
  }

  @Test
  void what_is_no_picture_keeps_nothing() throws IOException {
    Map<String, byte[]> files = files("moss/a.png", "stone/b.png");
    files.put("stone/notes.txt", "not a picture".getBytes(StandardCharsets.UTF_8));
    send(zip(files), "notes")
        .statusCode(400)
        .body("field", equalTo("file"))
        .body("detail", containsString("stone/notes.txt"));
    send("no archive".getBytes(StandardCharsets.UTF_8), "none")
        .statusCode(400)
        .body("field", equalTo("file"));
    send(zip(files("moss/a.png")), "one-class").statusCode(400).body("field", equalTo("file"));
    send(zip(files("moss/a.png", "moss/a.jpg", "stone/b.png")), "twice").statusCode(400);
    send(zip(files("train/moss/a.png", "val/stone/b.png")), "uneven")
        .statusCode(400)
        .body("detail", containsString("the same ones in every split"));
    // 30 MB of zeros in a few kB
    Map<String, byte[]> bomb = files("moss/a.png", "stone/b.png");
    bomb.put("stone/c.png", new byte[30 << 20]);
    send(zip(bomb), "bomb")
        .statusCode(400)
        .body("detail", containsString("larger than the 20 MB allowed"));
    assertThat(left())
        .noneMatch(
            entry ->
                List.of("notes", "none", "one-class", "twice", "uneven", "bomb").contains(entry))
        .noneMatch(entry -> entry.startsWith("."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "Walls", "a/b", "train", "all", "-x"})
  void a_name_that_is_none_is_refused(String name) {
    send(zip(files("moss/a.png", "stone/b.png")), name)
        .statusCode(400)
        .body("field", equalTo("name"))
        .body("detail", not(containsString("Exception")));
  }
}
