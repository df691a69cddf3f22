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

/** Talks to a server that runs, as its dashboard does. */
final class LabClient {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final ObjectMapper json = new ObjectMapper();
  private final URI server;

  /**
   * @throws UsageException if that is no address of a server
   */
  LabClient(URI server) {
    boolean isHttp = "http".equals(server.getScheme()) || "https".equals(server.getScheme());
    if (!isHttp || server.getHost() == null) {
      throw new UsageException(
          "--server must be an address such as http://127.0.0.1:8080, not " + server);
    }
    this.server = server;
  }

  /** The address of something on the server. */
  URI address(String path) {
    return server.resolve(path);
  }

  /**
   * Submits a study.
   *
   * @throws UsageException if the server refuses it, with the server's words
   */
  JsonNode submit(String type, String study) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(address("/api/studies"))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(study)));
  }

  /** How far a study is. */
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
    if (response.statusCode() / 100 == 4) {
      throw new UsageException(said);
    }
    throw new IOException(said);
  }

  private JsonNode parse(String body) throws IOException {
    try {
      return json.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IOException("What answers at " + server + " is no server of this program.", e);
    }
  }
}
