package io.fouriermasks.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import io.fouriermasks.api.LabFolder;
import io.fouriermasks.store.JobEvent;
import io.fouriermasks.store.JobEvents;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.JobStates;
import io.fouriermasks.store.Jobs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a browser shows of the table of jobs. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
class JobsPageTest {

  @TestHTTPResource("/")
  String root;

  @Inject Jobs jobs;
  @Inject JobStates states;
  @Inject JobEvents events;

  private long better;
  private long worse;

  @BeforeEach
  void two_jobs_that_have_ended() {
    better = ended(7, 0.1);
    worse = ended(8, 0.4);
  }

  @Test
  void the_table_is_sound_on_every_screen() {
    try (Browser browser = new Browser()) {
      browser.requireSound(
          root + "jobs?by=model&diff=" + better + "," + worse,
          "() => document.querySelectorAll('#jobs tr').length > 1"
              + " && document.querySelectorAll('#diff-table tbody tr').length === 1"
              + " && document.querySelectorAll('#groups tbody tr').length > 0");
      assertThat(browser.errors().stream().filter(error -> !error.contains("input.png"))).isEmpty();
    }
  }

  @Test
  void the_best_come_first_and_the_address_keeps_what_was_chosen() {
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "jobs", 1400, ColorScheme.LIGHT);
      page.locator("#f-q").fill("worse-than-others");
      assertThat(page.locator("#jobs-state")).containsText("No job is like that");
      page.locator("#f-q").fill(LabFolder.MODEL);
      page.locator("#f-state").selectOption("CANCELLED");
      page.locator("#f-sort").selectOption("best:sparsity");
      Locator first = page.locator("#jobs tr").first();
      assertThat(first).containsText("10.0");
      assertThat(page).hasURL(Pattern.compile("sort=best"));
      page.reload();
      assertThat(page.locator("#f-state")).hasValue("CANCELLED");
      assertThat(page.locator("#f-sort")).hasValue("best:sparsity");
      assertThat(first).containsText("10.0");
      page.locator("#filters-reset").click();
      assertThat(page).not().hasURL(Pattern.compile("sort="));
      assertThat(page.locator("#f-state")).hasValue("");
    }
  }

  @Test
  void two_jobs_are_selected_and_only_what_differs_is_shown() {
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "jobs", 1400, ColorScheme.LIGHT);
      assertThat(page.locator("#diff-open")).isDisabled();
      row(page, better).locator("input").check();
      row(page, worse).locator("input").check();
      page.locator("#diff-open").click();
      Locator rows = page.locator("#diff-table tbody tr");
      assertThat(rows).hasCount(1);
      assertThat(rows.first()).containsText("seed");
      assertThat(rows.first()).containsText("7");
      assertThat(page).hasURL(Pattern.compile("diff=%d,%d".formatted(better, worse)));
      page.reload();
      assertThat(rows).hasCount(1);
      assertThat(row(page, better).locator("input")).isChecked();
      page.locator("#diff-close").click();
      assertThat(page.locator("#diff")).isHidden();
    }
  }

  @Test
  void a_job_changes_on_the_page_while_somebody_looks() {
    long waiting = submit(9);
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "jobs", 1400, ColorScheme.LIGHT);
      assertThat(row(page, waiting).locator(".badge")).hasText("Queued");
      assertThat(page.locator("#jobs-live")).hasText("Live");
      page.evaluate("fetch('/api/jobs/%d/cancel', {method: 'POST'})".formatted(waiting));
      assertThat(row(page, waiting).locator(".badge")).hasText("Cancelled");
    }
  }

  @Test
  void empty_and_failed_are_different_sights() {
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "no-such-page", 1400, ColorScheme.LIGHT);
      page.route("**/api/jobs/table?*", Route::abort);
      page.navigate(root + "jobs");
      assertThat(page.locator("#jobs-state .failed")).containsText("cannot be reached");
      page.unroute("**/api/jobs/table?*");
      page.locator("#jobs-state button").click();
      assertThat(row(page, better)).isVisible();
      page.locator("#f-kind").selectOption("heat-map");
      assertThat(page.locator("#jobs-state .empty")).containsText("No job is like that");
    }
  }

  private static Locator row(Page page, long job) {
    return page.locator("#jobs tr[data-job='%d']".formatted(job));
  }

  private long submit(long seed) {
    return jobs.insert(
            new JobSpecification.ImageMasks(
                LabFolder.MODEL, List.of("0123456789abcdef"), false, null, null, seed))
        .id();
  }

  private long ended(long seed, double sparsity) {
    long id = submit(seed);
    events.append(
        jobs.get(id).lease(),
        List.of(
            new JobEvent.Draft(
                JobEvent.Kind.POINT, 0, 1, "{\"sparsity\":%s}".formatted(sparsity))));
    return states.decide(id, job -> Optional.of(JobState.CANCELLED)).id();
  }
}
