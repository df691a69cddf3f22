package io.fouriermasks.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The stream of events under bad connections and many readers, with real trainings. */
@QuarkusTest
@QuarkusTestResource(LabFolder.class)
class EventEnduranceTest {

  private static final int FOLLOWERS = 50;

  @Test
  void a_connection_that_drops_all_the_time_ends_with_the_curve_of_a_fresh_load() throws Exception {
    String id = submit(801, 260);
    Map<Integer, JsonNode> curve = new TreeMap<>();
    List<String> states = new ArrayList<>();
    String cursor = null;
    int connections = 0;
    boolean isOver = false;
    while (!isOver) {
      connections++;
      try (EventReader reader = new EventReader(RestAssured.port, id, cursor)) {
        // a few events more each time, so that drops fall on every kind of event
        for (int i = 0; i < 1 + connections % 7 && !isOver; i++) {
          EventReader.Event event = reader.next();
          cursor = event.id();
          take(event, curve, states);
          isOver = !states.isEmpty() && states.get(states.size() - 1).equals("SUCCEEDED");
        }
      }
    }
    assertThat(connections).isGreaterThan(10);

    Map<Integer, JsonNode> fresh = new TreeMap<>();
    try (EventReader reader = new EventReader(RestAssured.port, id, null)) {
      take(reader.next(), fresh, new ArrayList<>());
    }
    assertThat(curve).isEqualTo(fresh).hasSizeGreaterThan(200);
    assertThat(states).containsOnlyOnce("SUCCEEDED");
  }

  @Test
  void fifty_followers_of_one_job_each_see_every_change_of_its_state() throws Exception {
    // it waits behind another job until all follow it
    String first = submit(802, 20_000);
    String id = submit(803, 30);
    ExecutorService threads = Executors.newFixedThreadPool(FOLLOWERS);
    List<EventReader> readers = new ArrayList<>();
    try {
      for (int i = 0; i < FOLLOWERS; i++) {
        readers.add(new EventReader(RestAssured.port, id, null));
      }
      List<Future<List<String>>> seen = new ArrayList<>();
      for (EventReader reader : readers) {
        assertThat(reader.next().data().at("/jobs/0/job/state").asText()).isEqualTo("QUEUED");
        seen.add(threads.submit(statesUntilTheEnd(reader)));
      }
      given().post("/api/jobs/" + first + "/cancel").then().statusCode(202);
      for (Future<List<String>> states : seen) {
        assertThat(states.get()).containsExactly("RUNNING", "SUCCEEDED");
      }
    } finally {
      threads.shutdownNow();
      for (EventReader reader : readers) {
        reader.close();
      }
    }
  }

  private static Callable<List<String>> statesUntilTheEnd(EventReader reader) {
    return () ->
        reader.readUntil(event -> event.isState("SUCCEEDED")).stream()
            .filter(event -> event.name().equals("state"))
            .map(event -> event.data().get("state").asText())
            .toList();
  }

  /** Keeps what a page would keep: a snapshot replaces all, a point adds to the curve. */
  private static void take(
      EventReader.Event event, Map<Integer, JsonNode> curve, List<String> states) {
    switch (event.name()) {
      case "snapshot" -> {
        curve.clear();
        states.clear();
        event
            .data()
            .at("/jobs/0/points")
            .forEach(point -> curve.put(point.get("step").asInt(), point));
        states.add(event.data().at("/jobs/0/job/state").asText());
      }
      case "point" -> {
        assertThat(curve.put(event.data().get("step").asInt(), event.data()))
            .as("a point that came twice")
            .isNull();
      }
      case "state" -> states.add(event.data().get("state").asText());
      default -> assertThat(event.name()).isIn("mask", "artefact", "progress");
    }
  }

  private static String submit(int seed, int maxSteps) throws IOException {
    String image = ImageApiTest.upload(TestPictures.noise(150, 140, seed, "png"));
    Response job =
        given()
            .contentType("application/json")
            .body(
                Map.of(
                    "kind",
                    "image-mask",
                    "model",
                    LabFolder.MODEL,
                    "images",
                    List.of(image),
                    "maxSteps",
                    maxSteps))
            .post("/api/jobs");
    assertThat(job.statusCode()).isEqualTo(202);
    return job.path("id");
  }
}
