package io.fouriermasks.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** In the description of the interface, what limits answer with: only where they can be met. */
final class LimitAnswers {

  private static final String REQUESTS = "TooManyRequests";
  private static final String JOBS = "TooManyJobs";
  private static final String SPACE = "NoSpace";

  /** What makes jobs. */
  private static final Set<String> STARTS = Set.of("jobSubmit", "jobRetry", "studySubmit");

  /** What brings files in. */
  private static final Set<String> TAKES = Set.of("imageUpload", "datasetTake", "modelFileTake");

  private static final Problem TOO_MANY_REQUESTS =
      Problem.of(
          429,
          "Too many requests",
          "You have sent more than the 6000 requests that one may send in a minute. Wait 1 s; a"
              + " program that asks often should ask more slowly.");

  private static final Problem TOO_MANY_JOBS =
      Problem.of(
          429,
          "Too many jobs",
          "You may have 20 jobs that have not ended. You have 20 now (19 queued, 1 running), and"
              + " this asks for one more. Wait until some have ended, or cancel some on the page"
              + " Jobs.");

  private static final Problem DISK_FULL =
      Problem.of(
          507,
          "The disk is full",
          "The disk of the data folder /srv/lab is full up to the last 100 MB, which the database"
              + " needs. Make space, then start it again.");

  private static final Problem STORAGE_FULL =
      Problem.of(
          507,
          "Your storage is full",
          "You may keep 10.0 GB in this lab and have 10.0 GB, of photographs, of what your jobs"
              + " made, of models and datasets. Delete what you do not need, or ask"
              + " an administrator of the lab for more.");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Schema problem;

  /**
   * @param problem a reference to the schema of problems
   */
  LimitAnswers(Schema problem) {
    this.problem = problem;
  }

  /** Describes the answers once. */
  void describe(Components components) {
    Header wait =
        OASFactory.createHeader()
            .description("Seconds to wait, where too many requests are the reason.")
            .schema(OASFactory.createSchema().addType(SchemaType.INTEGER));
    components.addResponse(
        REQUESTS,
        answer("Too many requests; nothing was done.", TOO_MANY_REQUESTS)
            .addHeader("Retry-After", wait));
    components.addResponse(
        JOBS,
        answer(
                "Too many requests, or too many jobs of one user that have not ended; nothing was"
                    + " done.",
                TOO_MANY_REQUESTS,
                TOO_MANY_JOBS)
            .addHeader("Retry-After", wait));
    components.addResponse(
        SPACE, answer("There is no space for it; nothing was kept.", STORAGE_FULL, DISK_FULL));
  }

  /** Says which of them an operation has. */
  void complete(String path, Operation operation) {
    boolean starts = STARTS.contains(operation.getOperationId());
    if (path.startsWith("/api/")) {
      add(operation, "429", starts ? JOBS : REQUESTS);
    }
    if (starts || TAKES.contains(operation.getOperationId())) {
      add(operation, "507", SPACE);
    }
  }

  private static void add(Operation operation, String status, String answer) {
    operation
        .getResponses()
        .addAPIResponse(
            status, OASFactory.createAPIResponse().ref("#/components/responses/" + answer));
  }

  private APIResponse answer(String description, Problem... examples) {
    MediaType content = OASFactory.createMediaType().schema(problem);
    for (Problem example : examples) {
      content.addExample(
          example.title(),
          OASFactory.createExample()
              .summary(example.title())
              .value(JSON.convertValue(example, Object.class)));
    }
    return OASFactory.createAPIResponse()
        .description(description)
        .content(OASFactory.createContent().addMediaType(Problem.MEDIA_TYPE, content));
  }
}
