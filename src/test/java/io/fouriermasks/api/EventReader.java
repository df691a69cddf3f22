package io.fouriermasks.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Reads a stream of server-sent events as a browser does. */
final class EventReader implements AutoCloseable {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpResponse<InputStream> response;
  private final BufferedReader lines;

  /** One event. */
  record Event(String id, String name, JsonNode data) {

    long seq() {
      return data.get("seq").asLong();
    }

    boolean isState(String state) {
      return name.equals("state") && data.get("state").asText().equals(state);
    }
  }

  /**
   * @param lastEventId what the reader saw last, or null for a new one
   */
  EventReader(int port, String jobs, String lastEventId) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/events?jobs=" + jobs))
            .header("Accept", "text/event-stream");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  HttpHeaders headers() {
    return response.headers();
  }

  /** Reads on until an event that is looked for; gives all until then, with it. */
  List<Event> readUntil(Predicate<Event> last) throws IOException {
    List<Event> events = new ArrayList<>();
    while (true) {
      Event event = next();
      events.add(event);
      if (last.test(event)) {
        return events;
      }
    }
  }

  Event next() throws IOException {
    String id = null;
    String name = null;
    StringBuilder data = new StringBuilder();
    while (true) {
      String line = lines.readLine();
      if (line == null) {
        throw new IOException("the stream ended");
      }
      if (line.isEmpty() && name != null) {
        return new Event(id, name, parse(data.toString()));
      }
      int colon = line.indexOf(':');
      String value = colon < 0 ? "" : line.substring(colon + 1).strip();
      switch (colon < 0 ? line : line.substring(0, colon)) {
        case "id" -> id = value;
        case "event" -> name = value;
        case "data" -> data.append(value);
        default -> {}
      }
    }
  }

  private static JsonNode parse(String data) {
    try {
      return JSON.readTree(data);
    } catch (JsonProcessingException e) {
      throw new AssertionError(data, e);
    }
  }

  @Override
  public void close() throws IOException {
    response.body().close();
  }
}
