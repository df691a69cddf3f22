package io.fouriermasks.page;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.startsWith;

import io.fouriermasks.api.LabFolder;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.JobStates;
import io.fouriermasks.store.Jobs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(LabFolder.class)
class PagesTest {

  @Inject Jobs jobs;
  @Inject JobStates states;

  private static final Pattern H1 = Pattern.compile("<h1[^>]*>([^<]*)</h1>");
  private static final Pattern INLINE_SCRIPT = Pattern.compile("<script(?![^>]*\\ssrc=)");
  private static final Pattern INLINE_STYLE = Pattern.compile("<style|\\sstyle=|\\son[a-z]+=");
  private static final Pattern OWN_FILE =
      Pattern.compile("(?:src|href)=\"(/[^\"#]*\\.[a-z]+)[#\"]");

  /** A job that has ended before it began, so that nothing runs. */
  private long cancelledJob() {
    long id = jobs.insert(JobSpecification.imageMasks("none", List.of("0123456789abcdef"))).id();
    return states.decide(id, job -> Optional.of(JobState.CANCELLED)).id();
  }

  private static String page(String path, int status) {
    return given()
        .urlEncodingEnabled(false)
        .accept("text/html,application/xhtml+xml,*/*;q=0.8")
        .get(path)
        .then()
        .statusCode(status)
        .contentType(startsWith("text/html"))
        .extract()
        .asString();
  }

  @ParameterizedTest
  @CsvSource({
    "/, Which frequencies does a classifier look at?",
    "/images, Images",
    "/jobs, Jobs",
    "/models, Models",
    "/datasets, Datasets",
    "/embedding, Embedding",
    "/system, System"
  })
  void a_page_has_one_heading_that_says_where_you_are(String path, String heading) {
    Matcher h1 = H1.matcher(page(path, 200));
    assertThat(h1.results().map(found -> found.group(1))).containsExactly(heading);
  }

  @Test
  void the_page_of_a_job_names_the_job() {
    long id = cancelledJob();
    assertThat(H1.matcher(page("/jobs/" + id, 200)).results().map(found -> found.group(1)))
        .containsExactly("Job " + id);
  }

  @Test
  void the_page_of_a_model_names_it_and_works_under_a_policy_without_inline_code() {
    String html = page("/models/" + LabFolder.MODEL, 200);
    assertThat(H1.matcher(html).results().map(found -> found.group(1)))
        .containsExactly("Compact, plain (tiny)");
    assertThat(html).doesNotContainPattern(INLINE_SCRIPT).doesNotContainPattern(INLINE_STYLE);
    assertThat(page("/models/no-such-model", 404)).contains("There is nothing at this address");
  }

  @Test
  void the_page_of_a_job_works_under_a_policy_without_inline_code() {
    assertThat(page("/jobs/" + cancelledJob(), 200))
        .doesNotContainPattern(INLINE_SCRIPT)
        .doesNotContainPattern(INLINE_STYLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/images", "/jobs", "/models", "/datasets", "/embedding", "/system"})
  void a_page_works_under_a_policy_without_inline_code(String path) {
    String html = page(path, 200);
    assertThat(html).doesNotContainPattern(INLINE_SCRIPT).doesNotContainPattern(INLINE_STYLE);
    assertThat(html).doesNotContain("src=\"http").doesNotContain("src=\"//");
  }

  @Test
  void every_file_that_a_page_names_is_there() {
    for (String path :
        List.of(
            "/",
            "/images",
            "/jobs",
            "/models",
            "/datasets",
            "/embedding",
            "/system",
            "/jobs/" + cancelledJob())) {
      Matcher file = OWN_FILE.matcher(page(path, 200));
      assertThat(file.results().map(found -> found.group(1)).distinct())
          .isNotEmpty()
          .allSatisfy(own -> given().get(own).then().statusCode(200));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nowhere", "/jobs/a%20b", "/jobs/987654321", "/images/unknown/deep"})
  void an_unknown_page_is_a_page_with_a_way_back(String path) {
    assertThat(page(path, 404))
        .contains("There is nothing at this address")
        .contains("href=\"/\"")
        .doesNotContainPattern(INLINE_SCRIPT);
  }

  @Test
  void the_address_that_was_not_found_is_shown_as_text() {
    assertThat(page("/%3Cscript%3Ealert(1)%3C/script%3E", 404))
        .contains("&lt;script&gt;")
        .doesNotContain("<script>alert");
  }

  @Test
  void a_program_is_not_answered_with_a_page() {
    String body =
        given()
            .accept("application/json")
            .get("/nowhere")
            .then()
            .statusCode(404)
            .extract()
            .asString();
    assertThat(body).doesNotContain("<html");
  }
}
