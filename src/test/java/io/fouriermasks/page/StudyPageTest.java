package io.fouriermasks.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.fouriermasks.api.LabFolder;
import io.fouriermasks.api.OwnLab;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** What a browser shows of a study, and what other programs get of it. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(OwnLab.class)
class StudyPageTest {

  private static final String STUDY =
      """
      name: A study to look at
      family: tiny
      dataset: photos
      architectures: [compact]
      augmentations: [n]
      masks:
        - {kind: model-mask, preset: minibatch, batchSize: 4, epochs: 1}
        - {kind: heat-map, radius: 2, images: 3}
      """;

  @TestHTTPResource("/")
  String root;

  private static String submit(String study) {
    return given()
        .contentType("application/yaml")
        .body(study.getBytes(UTF_8))
        .post("/api/studies")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  @Test
  void the_results_come_live_and_can_be_sorted_searched_compared_and_taken_away() {
    String id = submit(STUDY);
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "studies/" + id, 1000, ColorScheme.LIGHT);
      assertThat(page.locator("#study-title")).hasText("A study to look at");
      // nobody reloads
      assertThat(page.locator("#study-note"))
          .hasText("2 succeeded", new LocatorAssertions.HasTextOptions().setTimeout(120_000));
      assertThat(page.locator("#results tr")).hasCount(2);
      assertThat(page.locator("#study-compare")).hasText("Compare 1 mask");
      assertThat(page.locator("#study-cancel")).isHidden();

      page.locator("#results-head button").first().click();
      page.locator("#results-head button").first().click();
      assertThat(page.locator("#results tr").first()).containsText("Heat map");
      page.locator("#q").fill("compact heat");
      assertThat(page.locator("#results tr")).hasCount(1);
      page.reload();
      assertThat(page.locator("#results tr")).hasCount(1);
      assertThat(page.url()).contains("sort=job%3Adown").contains("q=compact+heat");
      page.locator("#q").fill("vgg");
      assertThat(page.locator("#results-state")).containsText("No result");

      browser.requireSound(
          root + "studies/" + id, "() => document.querySelectorAll('#results tr').length === 2");
      assertThat(browser.errors()).isEmpty();
    }
    given()
        .get("/api/studies/" + id + "/results")
        .then()
        .body("items[0].architecture", equalTo("compact"))
        .body("items[0].masks.size()", equalTo(1))
        .body("items[0].epochs", equalTo(1))
        .body("items[1].sparsity", nullValue());
    String csv =
        given()
            .get("/api/studies/" + id + "/results.csv")
            .then()
            .contentType("text/csv")
            .header("Content-Disposition", containsString("study-" + id + ".csv"))
            .extract()
            .asString();
    assertThat(csv.lines())
        .hasSize(3)
        .element(1)
        .asString()
        .contains(",model-mask,SUCCEEDED,compact,n,31,tiny-compact-n,");
    given().get("/api/studies/987654321/results").then().statusCode(404);
  }

  @Test
  void failed_and_missing_look_different() {
    String id = submit(STUDY);
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "studies/987654321", 1000, ColorScheme.LIGHT);
      assertThat(page.locator("main")).containsText("987654321");
      page.route("**/api/studies/**", Route::abort);
      page.navigate(root + "studies/" + id);
      assertThat(page.locator("#results-state .failed")).containsText("cannot be reached");
      page.unroute("**/api/studies/**");
      page.getByText("Try again").click();
      assertThat(page.locator("#results tr")).hasCount(2);
    }
  }
}
