package io.fouriermasks.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.fouriermasks.api.LabFolder;
import io.fouriermasks.api.LabUser;
import io.fouriermasks.api.LockedLab;
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

/** Deleting photographs in the gallery, and changing one's mind. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(LockedLab.class)
class ImageDeletePageTest {

  @TestHTTPResource("/")
  String root;

  @Inject Jobs jobs;
  @Inject JobStates states;

  private String opened(String query) {
    return root + "images?token=" + LockedLab.TOKEN.replace(" ", "%20") + query;
  }

  @Test
  void photographs_are_deleted_after_a_question_but_for_those_that_a_job_is_about() {
    String free = LabUser.ADMIN.uploads(5101);
    String used = LabUser.ADMIN.uploads(5102);
    long job = jobs.insert(JobSpecification.imageMasks("none", List.of(used))).id();
    states.decide(job, each -> Optional.of(JobState.CANCELLED));
    try (Browser browser = new Browser()) {
      Page page =
          browser.open(opened("&images=%s,%s".formatted(free, used)), 1200, ColorScheme.LIGHT);
      page.locator("#delete-selected").click();
      assertThat(page.locator("#delete-title")).hasText("Delete 2 photographs?");
      assertThat(page.locator("#delete-text"))
          .containsText("1 of them stays: job %d must be deleted before.".formatted(job));
      assertThat(page.locator("#delete-text")).containsText("restored here for 24 h");
      page.keyboard().press("Escape");
      assertThat(page.locator("#delete-dialog")).isHidden();
      page.locator("#delete-selected").click();
      page.locator("#delete-confirm").click();
      assertThat(page.locator("#deleted-note")).containsText("1 photograph deleted.");
      assertThat(page.locator("#deleted-note")).containsText("5102.png cannot be deleted");
      assertThat(page.locator("#pick-" + free)).hasCount(0);
      assertThat(page.locator("#pick-" + used)).isChecked();
      page.locator("#deleted li:has-text('5101.png') button").click();
      assertThat(page.locator("#deleted-note")).containsText("5101.png is back");
      assertThat(page.locator("#pick-" + free)).isChecked();
      assertThat(browser.errors()).allMatch(error -> error.contains("409"));
    }
  }

  @Test
  void a_photograph_that_cannot_go_is_said_to_stay_and_nothing_else_is_offered() {
    String used = LabUser.ADMIN.uploads(5104);
    long job = jobs.insert(JobSpecification.imageMasks("none", List.of(used))).id();
    states.decide(job, each -> Optional.of(JobState.CANCELLED));
    try (Browser browser = new Browser()) {
      Page page = browser.open(opened("&images=" + used), 1200, ColorScheme.LIGHT);
      page.locator("#delete-selected").click();
      assertThat(page.locator("#delete-text"))
          .hasText("It stays: job %d must be deleted before.".formatted(job));
      assertThat(page.locator("#delete-confirm")).isHidden();
    }
  }

  @Test
  void the_gallery_with_deleted_photographs_is_sound() {
    String image = LabUser.ADMIN.uploads(5103);
    LabUser.ADMIN.asks().delete("/api/images/" + image).then().statusCode(204);
    try (Browser browser = new Browser()) {
      browser.requireSound(opened(""), "() => document.querySelectorAll('#deleted li').length > 0");
    }
  }
}
