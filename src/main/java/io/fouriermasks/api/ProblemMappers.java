package io.fouriermasks.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.fouriermasks.job.EngineUnavailableException;
import io.fouriermasks.job.InvalidSpecificationException;
import io.fouriermasks.job.JsonPath;
import io.fouriermasks.job.MeasurementRefusedException;
import io.fouriermasks.store.DatabaseGone;
import io.fouriermasks.store.DiskFullException;
import io.fouriermasks.store.IllegalTransitionException;
import io.fouriermasks.store.InUseException;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.NameTakenException;
import io.fouriermasks.store.NotDeletableException;
import io.fouriermasks.store.ObjectStorageException;
import io.fouriermasks.store.StorageFullException;
import io.fouriermasks.store.TooManyJobsException;
import io.fouriermasks.store.UnknownIdException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.CharConversionException;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Every error of the interface becomes a problem; what is not meant for the user is only logged.
 */
class ProblemMappers {

  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

  private static final DatabaseGone DATABASE_GONE = new DatabaseGone();

  private static final String RETRY_SECONDS = "2";

  @ServerExceptionMapper
  Response problem(ProblemException e) {
    return response(e.problem());
  }

  @ServerExceptionMapper
  Response unknownId(UnknownIdException e) {
    return response(Problem.of(404, "Not found", e.getMessage()));
  }

  @ServerExceptionMapper
  Response nameTaken(NameTakenException e) {
    return response(new Problem("about:blank", "Taken", 409, e.getMessage(), "name"));
  }

  @ServerExceptionMapper
  Response inUse(InUseException e) {
    return response(Problem.of(409, "It is in use", e.getMessage()));
  }

  @ServerExceptionMapper
  Response notDeletable(NotDeletableException e) {
    return response(Problem.of(409, "It cannot be deleted here", e.getMessage()));
  }

  @ServerExceptionMapper
  Response illegalTransition(IllegalTransitionException e) {
    return response(Problem.of(409, "The job's state does not allow that", e.getMessage()));
  }

  @ServerExceptionMapper
  Response invalidSpecification(InvalidSpecificationException e) {
    return response(Problem.ofField(e.field(), e.getMessage()));
  }

  @ServerExceptionMapper
  Response measurementRefused(MeasurementRefusedException e) {
    return response(Problem.of(409, "The speed cannot be measured now", e.getMessage()));
  }

  @ServerExceptionMapper
  Response engineUnavailable(EngineUnavailableException e) {
    Problem problem = Problem.of(503, "The engine is not ready", e.getMessage());
    Response.ResponseBuilder response = Response.fromResponse(response(problem));
    if (e.isTemporary()) {
      response.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    }
    return response.build();
  }

  @ServerExceptionMapper
  Response diskFull(DiskFullException e) {
    return response(Problem.of(507, "The disk is full", e.getMessage()));
  }

  @ServerExceptionMapper
  Response storageFull(StorageFullException e) {
    return response(Problem.of(507, "Your storage is full", e.getMessage()));
  }

  @ServerExceptionMapper
  Response tooManyJobs(TooManyJobsException e) {
    return response(Problem.of(429, "Too many jobs", e.getMessage()));
  }

  @ServerExceptionMapper
  Response constraintViolation(ConstraintViolationException e) {
    ConstraintViolation<?> first = e.getConstraintViolations().iterator().next();
    String field = field(first.getPropertyPath());
    return response(Problem.ofField(field, "'%s' %s.".formatted(field, first.getMessage())));
  }

  @ServerExceptionMapper
  Response wrongJson(MismatchedInputException e) {
    return response(json(e));
  }

  /** The library takes some bytes for UTF-16 or UTF-32, and they are neither. */
  @ServerExceptionMapper
  Response wrongCharacters(CharConversionException e) {
    return response(Problem.of(400, "The request is not valid", "The body is no JSON in UTF-8."));
  }

  @ServerExceptionMapper
  Response brokenJson(JsonProcessingException e) {
    return response(json(e));
  }

  @ServerExceptionMapper
  Response web(WebApplicationException e) {
    if (e.getCause() instanceof JsonProcessingException cause) {
      return response(json(cause));
    }
    int status = e.getResponse().getStatus();
    if (status >= 500) {
      return unexpected(e);
    }
    return response(
        switch (status) {
          case 404 -> Problem.of(404, "Not found", "There is nothing at this address.");
          case 405 ->
              Problem.of(405, "Method not allowed", "This address does not take that method.");
          case 406 ->
              Problem.of(406, "Not acceptable", "This address does not answer in that format.");
          case 413 -> tooLarge();
          case 415 ->
              Problem.of(415, "Unsupported format", "This address does not read that format.");
          default -> Problem.of(status, "The request is not valid", "It could not be read.");
        });
  }

  @ServerExceptionMapper
  Response unexpected(Throwable e) {
    if (DATABASE_GONE.test(e)) {
      LOG.warnf("a request failed: the database does not answer: %s", e.getMessage());
      return databaseGone();
    }
    if (ObjectStorageException.isCauseOf(e)) {
      LOG.warnf("a request failed: %s", e.getMessage());
      return objectsGone();
    }
    LOG.error("a request failed", e);
    return response(
        Problem.of(
            500, "The server failed", "An unexpected error happened; the server's log has it."));
  }

  private static Response databaseGone() {
    return Response.fromResponse(response(databaseGoneProblem()))
        .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
        .build();
  }

  static Problem databaseGoneProblem() {
    return Problem.of(
        503,
        "The database does not answer",
        "The database does not answer; nothing that was accepted is lost. Try again in a moment; if"
            + " it lasts, look whether the database runs and its disk has space.");
  }

  private static Response objectsGone() {
    Problem problem =
        Problem.of(
            503,
            "The object storage does not answer",
            "The file is neither given nor taken now. Try again in a moment; if it lasts, look at"
                + " /q/health, which says what is wrong.");
    return Response.fromResponse(response(problem))
        .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
        .build();
  }

  static Problem tooLarge() {
    return Problem.of(
        413, "The request is too large", "Send fewer or smaller files in one request.");
  }

  private static Problem json(JsonProcessingException e) {
    if (e instanceof InvalidTypeIdException unknown) {
      String prefix = JsonPath.of(unknown.getPath());
      return Problem.ofField(
          prefix.isEmpty() ? "kind" : prefix + ".kind",
          JobSpecification.Kind.refusal(unknown.getTypeId()));
    }
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      String field = JsonPath.of(mapping.getPath());
      return Problem.ofField(field, "'%s' has a value that is not allowed.".formatted(field));
    }
    return Problem.of(400, "The request is not valid", "The body is not the JSON that is needed.");
  }

  /** The name that the user knows: without the method and its parameter, where more follows. */
  private static String field(Path path) {
    String properties =
        StreamSupport.stream(path.spliterator(), false)
            .filter(node -> node.getKind() == ElementKind.PROPERTY)
            .map(Path.Node::getName)
            .collect(Collectors.joining("."));
    if (!properties.isEmpty()) {
      return properties;
    }
    return StreamSupport.stream(path.spliterator(), false)
        .filter(node -> node.getKind() == ElementKind.PARAMETER)
        .map(Path.Node::getName)
        .collect(Collectors.joining("."));
  }

  private static Response response(Problem problem) {
    return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem).build();
  }
}
