package io.fouriermasks.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fouriermasks.client.ApiClient;
import io.fouriermasks.client.ApiException;
import io.fouriermasks.client.ImagesApi;
import io.fouriermasks.client.JobsApi;
import io.fouriermasks.client.MasksApi;
import io.fouriermasks.client.ModelsApi;
import io.fouriermasks.client.SystemApi;
import io.fouriermasks.client.model.ImageMasksJob;
import io.fouriermasks.client.model.Job;
import io.fouriermasks.client.model.JobSpecification;
import io.fouriermasks.client.model.JobState;
import io.fouriermasks.client.model.Model;
import io.fouriermasks.spectrum.FourierMask;
import io.fouriermasks.training.MaskArchive;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The description of the interface, and a client that a generator has made of it. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
class GeneratedClientTest {

  private static final Path COPY = Path.of("docs/openapi.json");

  @TempDir Path folder;

  private static ApiClient client() {
    return new ApiClient().setHost("localhost").setPort(RestAssured.port).setScheme("http");
  }

  /** Id of a photograph of noise that was sent with the client. */
  private String uploaded(long seed) throws IOException, ApiException {
    Path photograph = folder.resolve("photograph.png");
    Files.write(photograph, TestPictures.noise(140, 128, seed, "png"));
    return new ImagesApi(client())
        .imageUpload(List.of(photograph.toFile()))
        .getFiles()
        .get(0)
        .getImage()
        .getId();
  }

  @Test
  void the_copy_in_the_documents_is_what_the_server_says_of_itself() throws IOException {
    byte[] served = RestAssured.get("/q/openapi?format=json").asByteArray();
    ObjectMapper json = new ObjectMapper();
    JsonNode now = json.readTree(served);
    ((ObjectNode) now).remove("servers");
    Path expected = Files.createDirectories(Path.of("target")).resolve("openapi.json");
    Files.write(expected, json.writerWithDefaultPrettyPrinter().writeValueAsBytes(now));
    assertThat(json.readTree(COPY.toFile()))
        .as("if the change is meant: cp target/openapi.json docs/openapi.json")
        .isEqualTo(now);
  }

  @Test
  void every_operation_says_which_problems_it_may_answer_with() {
    JsonNode document = RestAssured.get("/q/openapi?format=json").as(JsonNode.class);
    document
        .path("paths")
        .forEach(
            path ->
                path.forEach(
                    operation -> {
                      String id = operation.path("operationId").asText();
                      assertThat(id).isNotEmpty();
                      assertThat(operation.path("summary").asText()).as(id).isNotEmpty();
                      assertThat(operation.at("/responses/default/content").fieldNames())
                          .as(id)
                          .toIterable()
                          .containsExactly("application/problem+json");
                    }));
  }

  @Test
  void limits_are_described_with_examples_where_they_can_be_met_and_nowhere_else() {
    JsonNode document = RestAssured.get("/q/openapi?format=json").as(JsonNode.class);
    Map<String, Set<String>> by429 = operations(document, "429");
    Map<String, Set<String>> by507 = operations(document, "507");

    assertThat(by429.get("TooManyJobs")).containsOnly("jobSubmit", "jobRetry", "studySubmit");
    assertThat(by429.get("TooManyRequests")).hasSizeGreaterThan(50).contains("jobList", "meMe");
    assertThat(by429).containsOnlyKeys("TooManyJobs", "TooManyRequests");
    assertThat(by507)
        .isEqualTo(
            Map.of(
                "NoSpace",
                Set.of(
                    "jobSubmit",
                    "jobRetry",
                    "studySubmit",
                    "imageUpload",
                    "datasetTake",
                    "modelFileTake")));
    Map<String, Integer> statuses =
        Map.of("TooManyRequests", 429, "TooManyJobs", 429, "NoSpace", 507);
    statuses.forEach(
        (name, status) -> {
          JsonNode examples =
              document.at(
                  "/components/responses/%s/content/application~1problem+json/examples"
                      .formatted(name));
          assertThat(examples).as(name).isNotEmpty();
          examples.forEach(
              example -> assertThat(example.at("/value/status").asInt()).isEqualTo(status));
        });
  }

  /** The operations that have an answer, by the name of what describes it. */
  private static Map<String, Set<String>> operations(JsonNode document, String status) {
    Map<String, Set<String>> found = new HashMap<>();
    document
        .path("paths")
        .forEach(
            path ->
                path.forEach(
                    operation -> {
                      JsonNode answer = operation.path("responses").path(status);
                      if (!answer.isMissingNode()) {
                        String name =
                            answer.path("$ref").asText().replace("#/components/responses/", "");
                        found
                            .computeIfAbsent(name, unknown -> new HashSet<>())
                            .add(operation.path("operationId").asText());
                      }
                    }));
    return found;
  }

  @Test
  void a_photograph_goes_in_and_its_mask_comes_out() throws Exception {
    Model model =
        new ModelsApi(client())
            .modelList(null, null).getItems().stream()
                .filter(one -> one.getId().equals(LabFolder.MODEL))
                .findFirst()
                .orElseThrow();
    String image = uploaded(4711);

    JobsApi jobs = new JobsApi(client());
    ImageMasksJob wanted =
        new ImageMasksJob()
            .kind(ImageMasksJob.KindEnum.IMAGE_MASK)
            .model(model.getId())
            .images(List.of(image))
            .maxSteps(3);
    Job job = jobs.jobSubmit(new JobSpecification(wanted));
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> jobs.jobGet(job.getId()).getState() == JobState.SUCCEEDED);

    MasksApi masks = new MasksApi(client());
    String mask =
        masks.maskList(null, null, job.getId(), null, null, null).getItems().get(0).getId();
    File file = masks.maskNpz(mask);
    FourierMask learned = MaskArchive.readMask(Files.readAllBytes(file.toPath()));
    assertThat(learned.size()).isEqualTo(128);
  }

  @Test
  void a_wrong_request_is_a_problem_with_its_field() {
    JobsApi jobs = new JobsApi(client());
    ImageMasksJob wanted =
        new ImageMasksJob()
            .kind(ImageMasksJob.KindEnum.IMAGE_MASK)
            .model(LabFolder.MODEL)
            .images(List.of("no-such-image"));
    ApiException refused =
        catchThrowableOfType(
            ApiException.class, () -> jobs.jobSubmit(new JobSpecification(wanted)));
    assertThat(refused.getCode()).isEqualTo(400);
    assertThat(refused.getResponseBody()).contains("\"field\":\"images\"");
  }

  @Test
  void the_examples_of_jobs_are_jobs_that_the_lab_would_do() throws Exception {
    String image = uploaded(4712);
    JsonNode examples =
        RestAssured.get("/q/openapi?format=json")
            .as(JsonNode.class)
            .at("/paths/~1api~1jobs/post/requestBody/content/application~1json/examples");
    assertThat(examples.size()).isGreaterThan(4);
    examples.forEach(
        example -> {
          // this lab has other things than the starter kit
          String body =
              example
                  .path("value")
                  .toString()
                  .replace("\"1\",\"2\"", "\"" + image + "\"")
                  .replace("surfaces-compact-n", LabFolder.MODEL)
                  .replace("\"grass\",\"sand\"", "\"church\"");
          Response answer =
              RestAssured.given().contentType("application/json").body(body).post("/api/estimates");
          assertThat(answer.statusCode()).as(body + ": " + answer.asString()).isEqualTo(200);
        });
    assertThat(new SystemApi(client()).systemGet().getVersion()).isEqualTo("0.1.0");
  }
}
