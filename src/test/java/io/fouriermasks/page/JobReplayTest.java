package io.fouriermasks.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import io.fouriermasks.api.LabFolder;
import io.fouriermasks.api.TestPictures;
import io.fouriermasks.store.Previews;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The history of a mask beside its curves, of a real training. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
class JobReplayTest {

  private static final Pattern STEP = Pattern.compile("step \\d+");
  private static final int STEPS = 250;

  @TestHTTPResource("/")
  String root;

  @Inject Previews removal;

  private String job;
  private List<Integer> previews;

  @BeforeEach
  void a_job_has_ended() {
    String image =
        given()
            .multiPart("files", "replay.png", TestPictures.noise(128, 128, 55, "png"))
            .post("/api/images")
            .path("files[0].image.id");
    job =
        given()
            .contentType("application/json")
            .body(
                Map.of(
                    "kind",
                    "image-mask",
                    "model",
                    LabFolder.MODEL,
                    "images",
                    List.of(image),
                    "maxSteps",
                    STEPS,
                    "seed",
                    77))
            .post("/api/jobs")
            .path("id");
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> given().get("/api/jobs/" + job).path("state"), "SUCCEEDED"::equals);
    JsonPath found = given().get("/api/jobs/" + job + "/previews").jsonPath();
    previews = found.getList("items.step", Integer.class);
    assertThat(previews).hasSizeGreaterThan(1);
  }

  @Test
  void the_slider_the_curves_and_the_address_move_together() {
    try (Browser browser = new Browser()) {
      Page page = open(browser);
      Locator text = page.locator("#history-text");
      String newest = page.locator("#value-sparsity").textContent();
      page.locator("#history-slider").focus();
      page.keyboard().press("Home");
      assertThat(text).hasText("step " + previews.get(0));
      assertThat(page.locator("#value-sparsity")).not().hasText(newest);
      assertThat(page).hasURL(Pattern.compile("step=" + previews.get(0)));
      assertThat(page.locator("#mask-step")).containsText("step " + previews.get(0));

      page.reload();
      assertThat(text).hasText("step " + previews.get(0), later());
      page.locator("#history-live").click();
      assertThat(text).hasText("newest");
      assertThat(page.locator("#value-sparsity")).hasText(newest);
      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void a_step_on_a_curve_shows_its_mask_and_a_click_keeps_it() {
    try (Browser browser = new Browser()) {
      Page page = open(browser);
      Locator text = page.locator("#history-text");
      Locator chart = page.locator("#chart-sparsity");
      chart.scrollIntoViewIfNeeded();
      BoundingBox box = chart.boundingBox();
      page.mouse().move(box.x + box.width * 0.3, box.y + box.height / 2);
      assertThat(text).hasText(STEP);
      page.mouse().move(5, 5);
      assertThat(text).hasText("newest");
      page.mouse().click(box.x + box.width * 0.3, box.y + box.height / 2);
      page.mouse().move(5, 5);
      assertThat(text).hasText(STEP);
      assertThat(page).hasURL(Pattern.compile("step=\\d+"));
    }
  }

  @Test
  void it_plays_from_the_beginning_to_the_newest() {
    try (Browser browser = new Browser()) {
      Page page = open(browser);
      page.locator("#history-speed").selectOption("8");
      page.locator("h1").click();
      page.keyboard().press("p");
      assertThat(page.locator("#history-play")).hasText("Pause");
      assertThat(page.locator("#history-play")).hasText("Play", later());
      assertThat(page.locator("#history-text")).hasText("newest");
      page.keyboard().press(",");
      assertThat(page.locator("#history-text"))
          .hasText("step " + previews.get(previews.size() - 2));
      page.keyboard().press(".");
      assertThat(page.locator("#history-text")).hasText("newest");
    }
  }

  @Test
  void it_is_run_again_with_changes_from_a_form_that_is_filled() {
    try (Browser browser = new Browser()) {
      Page page = open(browser);
      page.locator("#change-link").click();
      assertThat(page.locator("#max-steps")).hasValue(Integer.toString(STEPS));
      assertThat(page.locator("#seed")).hasValue("77");
      assertThat(page.locator("#model")).hasValue(LabFolder.MODEL);
      assertThat(page.locator("#selected-count")).hasText("1 photograph selected");
      assertThat(page).not().hasURL(Pattern.compile("again="));
    }
  }

  @Test
  void where_the_previews_were_removed_the_page_says_so_and_shows_the_mask() {
    assertThat(removal.remove(Long.parseLong(job)).previews()).isEqualTo(previews.size() - 1);
    JsonPath left = given().get("/api/jobs/" + job + "/previews").jsonPath();
    assertThat(left.getInt("removed")).isEqualTo(previews.size() - 1);
    assertThat(left.getList("items.step", Integer.class))
        .containsExactly(previews.get(previews.size() - 1));
    try (Browser browser = new Browser()) {
      Page page =
          browser.open(root + "jobs/" + job + "?step=" + previews.get(0), 1400, ColorScheme.LIGHT);
      assertThat(page.locator("#history-removed")).containsText("ended long ago", containing());
      assertThat(page.locator("#history")).isHidden();
      assertThat(page.locator("#mask-step")).containsText("final");
      assertThat(page.locator("#value-sparsity")).hasText(Pattern.compile("%"), later());
      browser.requireSound(
          root + "jobs/" + job, "() => !document.querySelector('#history-removed').hidden");
      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void the_page_of_a_job_in_its_history_is_sound_on_every_screen() {
    try (Browser browser = new Browser()) {
      browser.requireSound(
          root + "jobs/" + job + "?step=" + previews.get(1),
          "() => document.querySelector('#history-text').textContent.startsWith('step')");
      assertThat(browser.errors()).isEmpty();
    }
  }

  private Page open(Browser browser) {
    Page page = browser.open(root + "jobs/" + job, 1400, ColorScheme.LIGHT);
    assertThat(page.locator("#history-text")).hasText("newest", later());
    assertThat(page.locator("#value-sparsity")).hasText(Pattern.compile("%"), later());
    return page;
  }

  private static LocatorAssertions.ContainsTextOptions containing() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(Browser.PATIENCE_MILLIS);
  }

  private static LocatorAssertions.HasTextOptions later() {
    return new LocatorAssertions.HasTextOptions().setTimeout(Browser.PATIENCE_MILLIS);
  }
}
