package io.fouriermasks.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.fouriermasks.api.LabFolder;
import io.fouriermasks.api.OwnLab;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Studies are listed and submitted in the browser as they are on the command line. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(OwnLab.class)
class StudiesPageTest {

  @TestHTTPResource("/")
  String root;

  @Test
  void a_study_is_submitted_followed_cancelled_after_a_question_and_asked_for_again() {
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "jobs", 1200, ColorScheme.LIGHT);
      page.locator("main a[href='/studies']").press("Enter");
      page.waitForURL("**/studies");
      page.locator("#example-button").press("Enter");
      String example = page.locator("#document").inputValue();
      assertThat(example).startsWith("name: Two augmentations").contains("- {kind: model-mask");
      page.locator("#document").fill(example.replace("{preset: quick}", "{epochs: 5000}"));
      page.locator("#submit-button").press("Enter");
      page.waitForURL(Pattern.compile(".*/studies/\\d+$"));
      String id = page.url().replaceAll(".*/", "");
      assertThat(page.locator("#results tr")).hasCount(4);

      // the mask says what it waits for, on its own page and in the table
      String waiting = given().get("/api/studies/" + id).path("jobs[1]");
      String needed = given().get("/api/studies/" + id).path("jobs[0]");
      String words = "Waits for job " + needed + ", which makes its model";
      Page job = browser.open(root + "jobs/" + waiting, 1200, ColorScheme.LIGHT);
      assertThat(job.locator("#progress-text")).hasText(words);
      job.navigate(root + "jobs?study=" + id);
      assertThat(job.locator("tr[data-job='" + waiting + "']")).containsText(words);
      job.navigate(root + "studies");
      assertThat(job.locator("tr[data-study='" + id + "']")).containsText("0 of 4 ended");

      page.locator("#study-cancel").press("Enter");
      page.locator("#cancel-dialog button[value=keep]").press("Enter");
      assertThat(page.locator("#study-cancel")).isVisible();
      page.locator("#study-cancel").press("Enter");
      page.locator("#cancel-confirm").press("Enter");
      assertThat(page.locator("#study-note")).hasText("4 cancelled");
      assertThat(job.locator("tr[data-study='" + id + "']")).containsText("All ended");

      page.getByText("Submit again").press("Enter");
      page.waitForURL("**/studies#submit-title");
      assertThat(page.locator("#document")).hasValue(Pattern.compile("\"epochs\": 5000"));
      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void what_is_wrong_with_a_file_is_said_with_the_field_and_stays_written() {
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "studies", 1200, ColorScheme.LIGHT);
      page.locator("#submit-button").press("Enter");
      assertThat(page.locator("#document-error")).containsText("Write a study");
      String text =
          "name: Wrong\ndataset: photos\narchitectures: [compact]\naugmentations: [xx]\ntrain: {}\n";
      page.locator("#file")
          .setInputFiles(
              new FilePayload(
                  "wrong.yaml", "application/yaml", text.getBytes(StandardCharsets.UTF_8)));
      assertThat(page.locator("#document")).hasValue(text);
      page.locator("#submit-button").press("Enter");
      assertThat(page.locator("#document-error"))
          .containsText("augmentations: There is no augmentation");
      assertThat(page.locator("#document")).hasValue(text);
      assertThat(page.locator("#document")).isFocused();
      // what a wrong click has replaced comes back as typing does
      page.locator("#example-button").press("Enter");
      page.locator("#document").press("Control+z");
      assertThat(page.locator("#document")).hasValue(text);
      assertThat(browser.errors()).allMatch(error -> error.contains("status of 400"));
    }
  }

  @Test
  void the_page_is_sound_and_says_when_the_server_cannot_be_reached() {
    try (Browser browser = new Browser()) {
      browser.requireSound(
          root + "studies", "() => document.querySelector('#studies-state .loading') === null");
      assertThat(browser.errors()).isEmpty();
      Page page = browser.open(root + "models", 1200, ColorScheme.LIGHT);
      page.route("**/api/studies?**", Route::abort);
      page.navigate(root + "studies");
      assertThat(page.locator("#studies-state .failed")).containsText("cannot be reached");
    }
  }
}
