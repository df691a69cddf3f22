package io.fouriermasks.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.fouriermasks.api.LabFolder;
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

/** Deleting a job in the browser, and changing one's mind. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(LockedLab.class)
class JobDeletePageTest {

  @TestHTTPResource("/")
  String root;

  @Inject Jobs jobs;
  @Inject JobStates states;

  private long endedJob() {
    long id = jobs.insert(JobSpecification.imageMasks("none", List.of())).id();
    return states.decide(id, job -> Optional.of(JobState.CANCELLED)).id();
  }

  private String opened(String page) {
    return root + page + "?token=" + LockedLab.TOKEN.replace(" ", "%20");
  }

  @Test
  void a_job_is_deleted_after_a_question_and_restored_from_the_list() {
    long id = endedJob();
    try (Browser browser = new Browser()) {
      Page page = browser.open(opened("jobs/" + id), 1200, ColorScheme.LIGHT);
      page.locator("#delete-button").click();
      assertThat(page.locator("#delete-text")).containsText("You can restore it for 24 h");
      page.keyboard().press("Escape");
      assertThat(page.locator("#delete-dialog")).isHidden();
      page.locator("#delete-button").click();
      page.locator("#delete-confirm").click();
      page.waitForURL("**/jobs?deleted=" + id);
      assertThat(page.locator("#deleted-note")).containsText("Job %d is deleted".formatted(id));
      assertThat(page.locator("#deleted")).containsText("Job " + id);
      page.locator("#deleted-note button").click();
      assertThat(page.locator("#deleted-note")).containsText("is back");
      page.locator("#deleted-note a").click();
      assertThat(page.locator("#state-badge")).hasText("Cancelled");
      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void the_list_with_deleted_jobs_is_sound() {
    long id = endedJob();
    try (Browser browser = new Browser()) {
      Page page = browser.open(opened("jobs/" + id), 1200, ColorScheme.LIGHT);
      page.locator("#delete-button").click();
      page.locator("#delete-confirm").click();
      page.waitForURL("**/jobs?deleted=" + id);
      browser.requireSound(
          opened("jobs"), "() => document.querySelectorAll('#deleted li').length > 0");
    }
  }
}
