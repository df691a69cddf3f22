package io.fouriermasks.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.fouriermasks.api.LabFolder;
import io.fouriermasks.api.LabUser;
import io.fouriermasks.api.LockedLab;
import io.fouriermasks.store.Actor;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.JobStates;
import io.fouriermasks.store.Jobs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Deleting models and datasets on their pages, and changing one's mind. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(LockedLab.class)
class FileDeletePageTest {

  @TestHTTPResource("/")
  String root;

  @Inject Jobs jobs;
  @Inject JobStates states;

  private String address(String page) {
    return root + page + "?token=" + LockedLab.TOKEN.replace(" ", "%20");
  }

  @Test
  void a_model_is_deleted_after_a_question_and_comes_back() {
    String model = LabUser.ADMIN.imports("page-unwanted");
    try (Browser browser = new Browser()) {
      Page page = browser.open(address("models/" + model), 1200, ColorScheme.LIGHT);
      assertThat(page.locator("#facts")).containsText("Fromadmin");
      // the forms ask for the time of what they would start: not after the model is gone
      for (String form : List.of("whole", "class", "heat")) {
        assertThat(page.locator("#%s-estimate".formatted(form))).containsText("not known yet");
      }
      page.locator("#delete-button").click();
      assertThat(page.locator("#delete-title")).hasText("Delete this model?");
      assertThat(page.locator("#delete-text")).containsText("Nothing was made with it.");
      assertThat(page.locator("#delete-text"))
          .containsText("You can restore it for 24 h, on the page of the models");
      page.keyboard().press("Escape");
      assertThat(page.locator("#delete-dialog")).isHidden();
      page.locator("#delete-button").click();
      page.locator("#delete-confirm").click();
      assertThat(page.locator("#deleted-note")).containsText("(page-unwanted) is deleted.");
      assertThat(page.locator("#models a[href*='%s']".formatted(model))).hasCount(0);

      page.navigate(root + "models/" + model);
      assertThat(page.locator("#deleted-note")).containsText("This model is deleted.");
      assertThat(page.locator("#start-section")).isHidden();
      assertThat(page.locator("#delete-button")).isHidden();

      page.navigate(root + "models?deleted=" + model);
      page.locator("#deleted-note button").click();
      assertThat(page.locator("#deleted-note")).containsText("(page-unwanted) is back");
      page.locator("#deleted-note a").click();
      assertThat(page.locator("#delete-button")).isVisible();
      assertThat(page.locator("#deleted-note")).isHidden();
      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void a_model_that_something_was_made_with_is_said_to_stay_and_nothing_else_is_offered() {
    String model = LabUser.ADMIN.imports("page-needed");
    long job =
        jobs.insert(
                JobSpecification.imageMasks(model, List.of(LabUser.ADMIN.uploads(5301))),
                model,
                Actor.LAB)
            .id();
    states.decide(job, any -> Optional.of(JobState.CANCELLED));
    try (Browser browser = new Browser()) {
      Page page = browser.open(address("models/" + model), 1200, ColorScheme.LIGHT);
      page.locator("#delete-button").click();
      assertThat(page.locator("#delete-text"))
          .containsText("It stays: job %d used it".formatted(job));
      assertThat(page.locator("#delete-confirm")).isHidden();
    }
  }

  @Test
  void a_model_of_the_starter_kit_offers_no_deleting() {
    try (Browser browser = new Browser()) {
      Page page = browser.open(address("models/" + LabFolder.MODEL), 1200, ColorScheme.LIGHT);
      assertThat(page.locator("#facts")).containsText("Fromthe program");
      assertThat(page.locator("#delete-button")).isHidden();
    }
  }

  @Test
  void a_dataset_is_deleted_after_a_question_and_comes_back() {
    LabUser.ADMIN.uploadsDataset("page-walls").then().statusCode(201);
    try (Browser browser = new Browser()) {
      Page page = browser.open(address("datasets"), 1200, ColorScheme.LIGHT);
      String title = "[id='dataset-datasets:page-walls']";
      page.locator("article:has(%s) button".formatted(title)).click();
      assertThat(page.locator("#delete-title")).hasText("Delete the dataset page-walls?");
      assertThat(page.locator("#delete-text")).containsText("No job has used it.");
      page.locator("#delete-confirm").click();
      assertThat(page.locator("#deleted-note")).containsText("page-walls is deleted.");
      assertThat(page.locator(title)).hasCount(0);
      page.locator("#deleted li:has-text('page-walls') button").click();
      assertThat(page.locator("#deleted-note")).containsText("page-walls is back.");
      assertThat(page.locator(title)).hasCount(1);
      assertThat(page.locator("#deleted li:has-text('page-walls')")).hasCount(0);
      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void pages_with_deleted_models_and_datasets_are_sound() {
    String model = LabUser.ADMIN.imports("page-gone");
    LabUser.ADMIN.uploadsDataset("page-gone").then().statusCode(201);
    LabUser.ADMIN.asks().delete("/api/models/" + model).then().statusCode(204);
    LabUser.ADMIN.asks().delete("/api/datasets/datasets:page-gone").then().statusCode(204);
    String listed = "() => document.querySelectorAll('#deleted li').length > 0";
    try (Browser browser = new Browser()) {
      browser.requireSound(address("models"), listed);
      browser.requireSound(address("datasets"), listed);
      browser.requireSound(
          address("models/" + model), "() => !document.querySelector('#deleted-note').hidden");
    }
  }
}
