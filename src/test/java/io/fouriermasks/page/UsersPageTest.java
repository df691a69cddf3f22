package io.fouriermasks.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.fouriermasks.api.LabFolder;
import io.fouriermasks.api.LockedLab;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page of the users, and what others see of the lab. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(LockedLab.class)
class UsersPageTest {

  @TestHTTPResource("/")
  String root;

  private static String token(String name, String role) {
    return given()
        .header("Authorization", "Bearer " + LockedLab.TOKEN)
        .contentType("application/json")
        .body(Map.of("name", name, "role", role))
        .post("/api/users")
        .then()
        .statusCode(201)
        .extract()
        .path("token");
  }

  private String opened(String page, String token) {
    return root + page + "?token=" + token.replace(" ", "%20");
  }

  @Test
  void an_administrator_adds_a_user_by_keyboard_and_shuts_them_out() {
    try (Browser browser = new Browser()) {
      Page page = browser.open(opened("users", LockedLab.TOKEN), 1200, ColorScheme.LIGHT);
      assertThat(page.locator(".visitor")).containsText("admin");
      page.locator("#add-name").focus();
      page.keyboard().type("Not a name");
      page.keyboard().press("Enter");
      assertThat(page.locator("#add-name-error")).containsText("small letters");
      page.locator("#add-name").fill("keyboard-user");
      page.keyboard().press("Enter");
      assertThat(page.locator("#token-dialog")).isVisible();
      String token = page.locator("#token").textContent();
      page.keyboard().press("Escape");
      assertThat(page.locator("#token")).hasText("");
      assertThat(page.locator("tr", has("keyboard-user"))).containsText("never");

      Page theirs = browser.open(opened("", token), 1200, ColorScheme.LIGHT);
      assertThat(theirs.locator(".visitor")).containsText("keyboard-user");
      page.locator("tr", has("keyboard-user")).locator("button.danger").click();
      page.locator("#sure-yes").click();
      assertThat(page.locator("tr[data-disabled]", has("keyboard-user"))).isVisible();
      theirs.reload();
      assertThat(theirs.locator("h1")).hasText("This lab is locked");
      assertThat(browser.errors()).allMatch(error -> error.contains("status of 40"));
    }
  }

  private static Page.LocatorOptions has(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  @Test
  void what_was_done_is_narrowed_and_the_address_keeps_how() {
    token("narrowed", "viewer");
    try (Browser browser = new Browser()) {
      Page page = browser.open(opened("users", LockedLab.TOKEN), 1200, ColorScheme.LIGHT);
      assertThat(page.locator("#audit tr", has("user narrowed"))).containsText("User added");
      page.locator("#audit-action").selectOption("user-token");
      assertThat(page.locator("#audit tr", has("user narrowed"))).hasCount(0);
      page.locator("#audit-actor").fill("nobody-at-all");
      page.keyboard().press("Enter");
      assertThat(page.locator("#audit-state")).hasText("Nothing of that kind.");
      assertThat(page.url()).endsWith("?actor=nobody-at-all&action=user-token");
      page.reload();
      assertThat(page.locator("#audit-state")).hasText("Nothing of that kind.");
      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void a_viewer_is_offered_nothing_that_their_role_does_not_allow_and_told_why() {
    String token = token("page-viewer", "viewer");
    try (Browser browser = new Browser()) {
      Page page = browser.open(opened("images", token), 1200, ColorScheme.LIGHT);
      assertThat(page.locator("#viewer-notice")).containsText("need the role researcher");
      assertThat(page.locator("#drop-zone")).isHidden();
      assertThat(page.locator("#start-button")).isHidden();
      assertThat(page.locator("nav a[href='/users']")).isHidden();
      page.navigate(root + "users");
      assertThat(page.locator("#users-state")).containsText("needs the role admin");
      page.locator("#sign-out").click();
      page.waitForURL("**/access");
      page.navigate(root + "images");
      assertThat(page.locator("h1")).hasText("This lab is locked");
    }
  }

  @Test
  void a_researcher_may_upload_but_sees_no_users() {
    String token = token("page-researcher", "researcher");
    try (Browser browser = new Browser()) {
      Page page = browser.open(opened("images", token), 1200, ColorScheme.LIGHT);
      assertThat(page.locator("#drop-zone")).isVisible();
      assertThat(page.locator("#viewer-notice")).hasCount(0);
      assertThat(page.locator("nav a[href='/users']")).isHidden();
      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void the_pages_are_sound() {
    token("sound-user", "viewer");
    try (Browser browser = new Browser()) {
      browser.requireSound(
          opened("users", LockedLab.TOKEN),
          "() => document.querySelectorAll('#users tr').length > 0");
      String viewer = token("sound-viewer", "viewer");
      browser.requireSound(
          opened("datasets", viewer), "() => document.querySelector('#viewer-notice') !== null");
      assertThat(browser.errors()).isEmpty();
    }
  }
}
