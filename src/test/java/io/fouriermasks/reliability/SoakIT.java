package io.fouriermasks.reliability;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fouriermasks.api.TestPictures;
import io.fouriermasks.page.KitServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A lab in use: people who follow jobs, upload pictures and start jobs. For half a minute here;
 * longer with {@code -Dsoak.seconds=N}.
 */
class SoakIT {

  private static final int SECONDS = Integer.getInteger("soak.seconds", 30);
  private static final int READERS = 20;
  private static final int STEPS = 150;

  /**
   * The server's pools are bounded: with 20 readers they came to 59 to 68 threads, in seconds or in
   * minutes, as the machine had it. A thread left behind by each job or stream comes to more.
   */
  private static final int MOST_THREADS = 90;

  @TempDir Path folder;

  private final Queue<String> troubles = new ConcurrentLinkedQueue<>();
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong uploads = new AtomicLong();
  private volatile String newest;
  private volatile boolean isOver;

  @Test
  void a_lab_in_use_makes_no_error_and_does_not_grow() throws Exception {
    try (KitServer server = KitServer.start(folder)) {
      ExecutorService people = Executors.newFixedThreadPool(READERS + 1);
      List<String> images = given().get(server.at("/api/images?limit=8")).path("items.id");
      int jobs = 0;
      newest = start(server, images, jobs++);
      for (int reader = 0; reader < READERS; reader++) {
        people.execute(() -> follow(server));
      }
      people.execute(() -> upload(server));

      Instant begin = Instant.now();
      List<Vitals> samples = new ArrayList<>();
      while (Duration.between(begin, Instant.now()).toSeconds() < SECONDS) {
        String job = newest;
        await()
            .atMost(Duration.ofMinutes(5))
            .until(
                () -> given().get(server.at("/api/jobs/" + job)).path("state").equals("SUCCEEDED"));
        if (Duration.between(begin, Instant.now()).toSeconds() * 10 / SECONDS > samples.size()) {
          Vitals vitals = Vitals.of(server.pid());
          System.out.printf(
              "after %d s: %s%n", Duration.between(begin, Instant.now()).toSeconds(), vitals);
          samples.add(vitals);
        }
        newest = start(server, images, jobs++);
      }
      isOver = true;
      people.shutdown();
      assertThat(people.awaitTermination(2, TimeUnit.MINUTES)).isTrue();

      System.out.printf(
          "soak: %d s, %d jobs, %d uploads, %d readers, %d lines of events%n",
          SECONDS, jobs, uploads.get(), READERS, events.get());
      assertThat(troubles).isEmpty();
      try (Stream<String> log = Files.lines(folder.resolve("server.txt"))) {
        assertThat(log.filter(line -> line.contains(" ERROR "))).isEmpty();
      }
      Vitals early = samples.get(samples.size() / 3);
      Vitals last = samples.get(samples.size() - 1);
      assertThat(last.arrays()).isLessThanOrEqualTo(early.arrays());
      assertThat(last.threads()).isLessThanOrEqualTo(MOST_THREADS);
      assertThat((double) last.resident()).isLessThan(early.resident() * 1.25);
    }
  }

  private static String start(KitServer server, List<String> images, int number) {
    return given()
        .contentType("application/json")
        .body(
            Map.of(
                "kind",
                "image-mask",
                "model",
                Lab.MODEL,
                "images",
                List.of(images.get(number % 8), images.get((number + 1) % 8)),
                "maxSteps",
                STEPS))
        .post(server.at("/api/jobs"))
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  /** Follows one job after the other to its end. */
  private void follow(KitServer server) {
    // as browsers without TLS do; in HTTP/2 a server ends the connection of one that leaves often
    HttpClient browser = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    String followed = "";
    while (!isOver) {
      String job = awaitOtherThan(followed);
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server.at("/api/events?jobs=" + job))).build();
      try {
        HttpResponse<Stream<String>> answer =
            browser.send(request, HttpResponse.BodyHandlers.ofLines());
        try (Stream<String> lines = answer.body()) {
          boolean isWhole =
              lines
                  .peek(line -> events.incrementAndGet())
                  .anyMatch(line -> line.contains("\"state\":\"SUCCEEDED\""));
          if (!isWhole) {
            troubles.add("the stream of job %s ended before the job".formatted(job));
          }
        }
      } catch (Exception e) {
        troubles.add("a reader of job " + job + ": " + e);
        return;
      }
      followed = job;
    }
  }

  private String awaitOtherThan(String followed) {
    await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> isOver || !newest.equals(followed));
    return newest;
  }

  private void upload(KitServer server) {
    while (!isOver) {
      int status =
          given()
              .multiPart("files", "a.png", TestPictures.noise(64, 64, System.nanoTime(), "png"))
              .post(server.at("/api/images"))
              .statusCode();
      uploads.incrementAndGet();
      if (status != 200) {
        troubles.add("an upload was answered with " + status);
      }
      try {
        TimeUnit.SECONDS.sleep(1); // nobody clicks faster
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
