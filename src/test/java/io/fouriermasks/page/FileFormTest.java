package io.fouriermasks.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.fouriermasks.api.CrowdedLab;
import io.fouriermasks.api.LabFolder;
import io.fouriermasks.api.TestPictures;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Datasets and models that are brought through the browser. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
@TestProfile(CrowdedLab.class)
class FileFormTest {

  private static final double PATIENCE = 60_000;

  @TestHTTPResource("/")
  String root;

  private static byte[] zip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : new String[] {"fern/a.png", "rock/b.png"}) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(TestPictures.noise(32, 32, name.hashCode(), "png"));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void a_dataset_is_uploaded_and_a_fault_is_told_at_its_field() throws IOException {
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "datasets", 360, ColorScheme.LIGHT);
      Locator send = page.locator("#upload button[type=submit]");
      send.click();
      assertThat(page.locator("#upload-file-error")).hasText("Choose a file.");
      page.locator("#upload-file")
          .setInputFiles(new FilePayload("forest.zip", "application/zip", zip()));
      page.locator("#upload-name").fill("Forest");
      send.click();
      assertThat(page.locator("#upload-name-error")).containsText("small letters", later());
      assertThat(Browser.accessibilityFindings(page)).isEmpty();
      page.locator("#upload-name").fill("forest");
      send.click();
      assertThat(page.locator("#upload-done")).containsText("Added: forest", later());
      assertThat(page.locator("#datasets")).containsText("forest", later());
      assertThat(Browser.overflow(page)).isZero();
      assertThat(Browser.accessibilityFindings(page)).isEmpty();
    }
  }

  @Test
  void a_model_is_brought() {
    byte[] weights = given().get(root + "api/models/" + LabFolder.MODEL + "/weights").asByteArray();
    try (Browser browser = new Browser()) {
      Page page = browser.open(root + "models", 1600, ColorScheme.DARK);
      page.locator("#import-file")
          .setInputFiles(
              new FilePayload(
                  "x.safetensors",
                  "application/octet-stream",
                  "no weights".getBytes(StandardCharsets.UTF_8)));
      Locator send = page.locator("#import button[type=submit]");
      send.click();
      assertThat(page.locator("#import-file-error")).isVisible(visibleLater());
      page.locator("#import-file")
          .setInputFiles(new FilePayload("x.safetensors", "application/octet-stream", weights));
      page.locator("#import-family").fill("from-afar");
      send.click();
      assertThat(page.locator("#import-done a"))
          .hasAttribute("href", "/models/from-afar-compact-n", attributeLater());
      page.locator("#import-done a").click();
      assertThat(page.locator("#facts a[href$='/weights']")).isVisible(visibleLater());
      assertThat(page.locator("#training")).containsText("No curve", later());
      assertThat(Browser.accessibilityFindings(page)).isEmpty();
    }
  }

  private static LocatorAssertions.ContainsTextOptions later() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE);
  }

  private static LocatorAssertions.IsVisibleOptions visibleLater() {
    return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE);
  }

  private static LocatorAssertions.HasAttributeOptions attributeLater() {
    return new LocatorAssertions.HasAttributeOptions().setTimeout(PATIENCE);
  }
}
