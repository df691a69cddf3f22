package io.fouriermasks.api;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;

/** Somebody with a token of their own, in a {@link LockedLab}. */
public record LabUser(String name, String token) {

  /** Who is a user already: the administrator with the first token. */
  public static final LabUser ADMIN = new LabUser("admin", LockedLab.TOKEN);

  /** A new one. */
  public static LabUser add(String name, String role) {
    return new LabUser(
        name,
        ADMIN
            .asks()
            .contentType(ContentType.JSON)
            .body(Map.of("name", name, "role", role))
            .post("/api/users")
            .then()
            .statusCode(201)
            .extract()
            .path("token"));
  }

  /** A request of theirs. */
  public RequestSpecification asks() {
    return given().redirects().follow(false).header("Authorization", "Bearer " + token);
  }

  /** Sends JSON. */
  public Response sends(String address, Object body) {
    return asks().contentType(ContentType.JSON).body(body).post(address);
  }

  /** Uploads a photograph of noise; gives its id. */
  public String uploads(long seed) {
    return asks()
        .multiPart("files", seed + ".png", TestPictures.noise(64, 64, seed, "png"))
        .post("/api/images")
        .then()
        .statusCode(200)
        .extract()
        .path("files[0].image.id");
  }

  /** Brings the weights of the starter kit in as a model of another family; gives its id. */
  public String imports(String family) {
    byte[] weights = asks().get("/api/models/%s/weights".formatted(LabFolder.MODEL)).asByteArray();
    return asks()
        .multiPart("file", "w.safetensors", weights)
        .multiPart("family", family)
        .post("/api/models/import")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  /** Uploads a dataset of two classes with a picture each. */
  public Response uploadsDataset(String name) {
    byte[] picture = TestPictures.noise(40, 30, 5, "png");
    return asks()
        .multiPart(
            "file",
            "data.zip",
            TestArchives.zip(Map.of("val/a/1.png", picture, "val/b/1.png", picture)))
        .multiPart("name", name)
        .post("/api/datasets");
  }
}
