package io.fouriermasks.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.fouriermasks.api.LabFolder;
import io.fouriermasks.api.LabUser;
import io.fouriermasks.api.LimitedLab;
import io.fouriermasks.api.TestPictures;
import io.fouriermasks.store.UserStorage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is refused for a limit is said where it was asked for. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(LimitedLab.class)
class LimitsPageTest {

  private static final double PATIENCE = 60_000;

  @TestHTTPResource("/")
  String root;

  @Inject UserStorage storage;

  private String opened(String page, LabUser user) {
    return root + page + "?token=" + user.token().replace(" ", "%20");
  }

  private static LocatorAssertions.ContainsTextOptions later() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE);
  }

  /** Starts as many jobs as one may have; gives the id of one that has ended. */
  private static String busy(LabUser user, String image) {
    String ended = started(user, image, 1);
    user.asks().post("/api/jobs/%s/cancel".formatted(ended)).then().statusCode(202);
    started(user, image, 2);
    started(user, image, 3);
    return ended;
  }

  private static String started(LabUser user, String image, int seed) {
    return user.sends(
            "/api/jobs",
            Map.of(
                "kind",
                "image-mask",
                "model",
                LabFolder.MODEL,
                "images",
                List.of(image),
                "seed",
                seed))
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  @Test
  void too_many_jobs_are_said_in_the_form_and_beside_the_button_that_starts_again() {
    LabUser user = LabUser.add("busy-browser", "researcher");
    String ended = busy(user, user.uploads(7401));
    try (Browser browser = new Browser()) {
      Page page = browser.open(opened("images", user), 1200, ColorScheme.LIGHT);
      Locator choice = page.locator("#gallery input[type=checkbox]").first();
      choice.check();
      assertThat(page.locator("#model option[value='%s']".formatted(LabFolder.MODEL))).hasCount(1);
      page.locator("#start-button").click();
      assertThat(page.locator("#start-error"))
          .containsText("You may have 2 jobs that have not ended. You have 2 now", later());

      page.navigate(root + "jobs/" + ended);
      page.locator("#retry-button").click();
      assertThat(page.locator("#job-trouble"))
          .containsText("You may have 2 jobs that have not ended. You have 2 now", later());
      assertThat(browser.errors()).allMatch(error -> error.contains("status of 429"));
    }
  }

  @Test
  void a_full_storage_is_said_with_each_file_of_an_upload() {
    LabUser user = LabUser.add("full-browser", "researcher");
    storage.keep(UserStorage.Kind.DATASET, "large", user.name(), LimitedLab.STORAGE);
    try (Browser browser = new Browser()) {
      Page page = browser.open(opened("images", user), 1200, ColorScheme.LIGHT);
      page.locator("#upload-input")
          .setInputFiles(
              new FilePayload(
                  "one-more.png", "image/png", TestPictures.noise(64, 64, 7402, "png")));
      assertThat(page.locator("#refused-list li"))
          .containsText("one-more.png You may keep 2.1 MB in this lab and have 2.1 MB", later());
      assertThat(browser.errors()).allMatch(error -> error.contains("status of 507"));
    }
  }

  @Test
  void use_and_limits_are_shown_to_oneself_and_to_administrators() {
    LabUser user = LabUser.add("seen-browser", "researcher");
    started(user, user.uploads(7403), 1);
    storage.keep(UserStorage.Kind.DATASET, "seen", user.name(), LimitedLab.STORAGE / 2);
    try (Browser browser = new Browser()) {
      Page own = browser.open(opened("system", user), 1200, ColorScheme.LIGHT);
      Locator use = own.locator("#use-facts");
      assertThat(use).containsText("1 of 2", later());
      assertThat(use).containsText("1 MB of 2 MB");
      assertThat(use).containsText("up to 6\u202f000 a minute");

      Page users = browser.open(opened("users", LabUser.ADMIN), 1200, ColorScheme.LIGHT);
      Locator row =
          users.locator("#users tr", new Page.LocatorOptions().setHasText("seen-browser"));
      assertThat(row).containsText("1 of 2", later());
      assertThat(row).containsText("1 MB of 2 MB");
      browser.requireSound(
          opened("users", LabUser.ADMIN),
          "() => document.querySelectorAll('#users tr').length > 0");
      browser.requireSound(
          opened("system", user),
          "() => document.querySelector('#use-facts').textContent.includes('1 of 2')");
      assertThat(browser.errors()).isEmpty();
    }
  }
}
