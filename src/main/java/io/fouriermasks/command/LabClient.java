package io.fouriermasks.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Talks to a server that runs, as its dashboard does. */
final class LabClient {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;

  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

  /** Of a time that has just passed here. */
  private static final Duration SHORTEST_DELAY = Duration.ofSeconds(1);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final ObjectMapper json = new ObjectMapper();
  private final URI server;
  private final InstantSource clock;

  /**
   * @param clock by which a server's time to come back is read
   * @throws UsageException if that is no address of a server
   */
  LabClient(URI server, InstantSource clock) {
    boolean isHttp = "http".equals(server.getScheme()) || "https".equals(server.getScheme());
    if (!isHttp || server.getHost() == null) {
      throw new UsageException(
          "--server must be an address such as http://127.0.0.1:8080, not " + server);
    }
    this.server = server;
    this.clock = clock;
  }

  /** The address of something on the server. */
  URI address(String path) {
    return server.resolve(path);
  }

  /**
   * Submits a study.
   *
   * @throws UsageException if the server refuses it, with the server's words
   * @throws ServerBusyException if it asks to come back later; what was accepted nevertheless is
   *     not done a second time then
   */
  JsonNode submit(String type, String study) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(address("/api/studies"))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(study)));
  }

  /**
   * How far a study is.
   *
   * @throws ServerBusyException if the server asks to come back later
   */
  JsonNode study(String id) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(address("/api/studies/" + id)));
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response;
    try {
      String token = LabEnvironment.variables().get(ListenAddress.TOKEN);
      if (token != null) {
        request.header("Authorization", "Bearer " + token);
      }
      response = http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw new IOException(
          "No server answers at %s: start one with './fourier-masks serve', or name it with --server."
              .formatted(server),
          e);
    }
    JsonNode body = parse(response.body());
    if (response.statusCode() / 100 == 2) {
      return body;
    }
    String field = body.path("field").asText("");
    String said =
        (field.isEmpty() ? "" : field + ": ")
            + body.path("detail").asText("The server answered " + response.statusCode() + ".");
    if (response.statusCode() == TOO_MANY_REQUESTS || response.statusCode() == UNAVAILABLE) {
      Optional<Duration> delay = response.headers().firstValue("Retry-After").flatMap(this::delay);
      if (delay.isPresent()) {
        throw new ServerBusyException(said, delay.get());
      }
    }
    if (response.statusCode() / 100 == 4) {
      throw new UsageException(said);
    }
    throw new IOException(said);
  }

  /** Reads seconds, or a time; empty if it is neither. */
  private Optional<Duration> delay(String retryAfter) {
    String text = retryAfter.strip();
    try {
      Duration delay =
          SECONDS.matcher(text).matches()
              ? Duration.ofSeconds(Long.parseLong(text))
              : Duration.between(
                  clock.instant(),
                  ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      return Optional.of(delay.compareTo(SHORTEST_DELAY) < 0 ? SHORTEST_DELAY : delay);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private JsonNode parse(String body) throws IOException {
    try {
      return json.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IOException("What answers at " + server + " is no server of this program.", e);
    }
  }
}
