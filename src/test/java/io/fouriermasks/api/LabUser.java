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
}
