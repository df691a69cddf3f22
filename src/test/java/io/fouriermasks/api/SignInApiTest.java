package io.fouriermasks.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who comes in through a provider of OpenID Connect, a real one that asks no questions. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@QuarkusTestResource(value = OidcProvider.class, restrictToAnnotatedClass = true)
@TestProfile(SignInApiTest.LabWithProvider.class)
class SignInApiTest {

  /** A lab with a provider and a token of its own. */
  public static class LabWithProvider implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "fourier-masks.access.token", LockedLab.TOKEN,
          "fourier-masks.oidc.client-id", OidcProvider.CLIENT,
          "fourier-masks.oidc.client-secret", "short secret",
          "fourier-masks.oidc.name", "the institute",
          "fourier-masks.oidc.admins", "chiefs",
          "fourier-masks.oidc.researchers", "scientists,students",
          "fourier-masks.oidc.viewers", "guests");
    }
  }

  @TestHTTPResource("/")
  URI root;

  private static io.restassured.response.ValidatableResponse get(String token, String path) {
    return given()
        .redirects()
        .follow(false)
        .header("Authorization", "Bearer " + token)
        .get(path)
        .then();
  }

  private static String token(String... groups) {
    return OidcProvider.signed(OidcProvider.claims("anna", groups));
  }

  @Test
  void the_groups_that_the_provider_names_are_roles_here() {
    get(token("guests"), "/api/me")
        .statusCode(200)
        .body("name", equalTo("oidc:anna"))
        .body("role", equalTo("viewer"));
    get(token("guests", "students"), "/api/me").body("role", equalTo("researcher"));
    get(token("chiefs", "guests"), "/api/me").body("role", equalTo("admin"));
    get(token("chiefs"), "/api/users").statusCode(200);
    get(token("students"), "/api/users")
        .statusCode(403)
        .body("detail", containsString("you are oidc:anna, researcher"));
    get(token("strangers"), "/api/jobs")
        .statusCode(403)
        .body("detail", containsString("none of the roles"));
  }

  @Test
  void tokens_of_the_lab_go_on_working() {
    get(LockedLab.TOKEN, "/api/me").statusCode(200).body("name", equalTo("admin"));
    get("wrong", "/api/me").statusCode(401);
    given().get("/api/me").then().statusCode(401);
  }

  @Test
  void many_people_behind_one_address_are_no_guessers_of_the_labs_tokens() {
    for (int person = 0; person < 25; person++) {
      String signed = OidcProvider.signed(OidcProvider.claims("person" + person, "guests"));
      get(signed, "/api/me").statusCode(200).body("name", equalTo("oidc:person" + person));
    }
  }

  @Test
  void the_health_says_that_the_provider_answers() {
    String check = "checks.find { it.name == 'provider' }.data.";
    await()
        .until(() -> Boolean.TRUE.equals(given().get("/q/health/ready").path(check + "answers")));
    given()
        .get("/q/health/ready")
        .then()
        .body(check + "reason", matchesPattern("http://127\\.0\\.0\\.1:\\d+ answers\\."));
  }

  @Test
  void a_token_that_is_not_quite_right_opens_nothing() {
    String good = token("chiefs");
    String[] parts = good.split("\\.");
    String none =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.US_ASCII));
    String viewer = token("guests");
    for (String bad :
        List.of(
            OidcProvider.signed(OidcProvider.claims("eve", "chiefs").issuer("http://evil.example")),
            OidcProvider.signed(OidcProvider.claims("eve", "chiefs").audience("another-program")),
            OidcProvider.signed(
                OidcProvider.claims("eve", "chiefs").expiresAt(Instant.now().minusSeconds(60))),
            OidcProvider.signed(OidcProvider.claims("eve", "chiefs"), OidcProvider.keys()),
            none + "." + parts[1] + ".",
            none + "." + parts[1] + "." + parts[2],
            viewer.split("\\.")[0] + "." + parts[1] + "." + viewer.split("\\.")[2],
            parts[0] + "." + parts[1] + ".",
            "a.b.c")) {
      get(bad, "/api/jobs").statusCode(401).contentType(Problem.MEDIA_TYPE);
    }
    get(good, "/api/jobs").statusCode(200);
  }

  @Test
  void a_browser_is_sent_to_the_provider_and_comes_back_signed_in() throws Exception {
    HttpClient browser =
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    HttpResponse<String> question = open(browser, "jobs?by=study");
    assertThat(question.body())
        .contains("Sign in with the institute", "/access/provider?next=%2Fjobs%3Fby%3Dstudy");
    HttpResponse<String> page = open(browser, "access/provider?next=%2Fjobs%3Fby%3Dstudy");
    assertThat(page.uri()).isEqualTo(root.resolve("/jobs?by=study"));
    assertThat(page.body()).contains("oidc:anna");
    assertThat(open(browser, "api/me").body()).contains("\"researcher\"");
    HttpResponse<String> left =
        browser.send(
            HttpRequest.newBuilder(root.resolve("/api/access")).DELETE().build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(left.statusCode()).isEqualTo(204);
    assertThat(open(browser, "api/me").statusCode()).isEqualTo(401);
  }

  private HttpResponse<String> open(HttpClient browser, String path) throws Exception {
    return browser.send(
        HttpRequest.newBuilder(root.resolve("/" + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
