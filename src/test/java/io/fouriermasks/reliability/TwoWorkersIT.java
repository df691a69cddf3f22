package io.fouriermasks.reliability;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two workers and one PostgreSQL, many short jobs; one worker is killed in the middle, PostgreSQL
 * is stopped for a while, and the clock of the other worker is ten minutes off. A few jobs here;
 * more with {@code -Djobs=N}.
 */
class TwoWorkersIT {

  private static final int JOBS = Integer.getInteger("jobs", 12);
  private static final long SECONDS_WITHOUT_DATABASE = Long.getLong("outage", 5);
  private static final int STEPS = 20;

  /** Changes the clock of what it runs, if it is installed (Debian: faketime). */
  private static final Path FAKETIME = Path.of("/usr/bin/faketime");

  @TempDir Path folder;

  @Test
  void no_job_is_lost_and_none_is_done_twice() throws Exception {
    Instant begin = Instant.now().minusSeconds(1);
    try (Lab lab = new Lab(folder)) {
      lab.server();
      lab.awaitReady();
      boolean isClockOff = Files.isExecutable(FAKETIME);
      // the counter by which waiting is measured is the machine's all the same
      Member wrong =
          isClockOff
              ? lab.worker(
                  "env",
                  "DONT_FAKE_MONOTONIC=1",
                  // else every timed wait of Java ends at once, and its threads spin
                  "FAKETIME_FORCE_MONOTONIC_FIX=0",
                  FAKETIME.toString(),
                  "-f",
                  "+10m")
              : lab.worker();
      int port = Lab.freePort();
      Member killed = lab.watchedWorker(port);
      awaitWorkers(lab, 2);

      List<String> photographs = lab.get("/api/images?limit=8").path("items.id");
      List<String> jobs = new ArrayList<>();
      for (int i = 0; i < JOBS; i++) {
        jobs.add(lab.submit(List.of(photographs.get(i % photographs.size())), STEPS, i));
      }

      awaitDone(lab, jobs, JOBS / 4);
      requireWatchable("http://127.0.0.1:" + port);
      killed.kill();
      awaitWorkers(lab, 1);
      lab.worker();
      awaitWorkers(lab, 2);
      awaitDone(lab, jobs, JOBS / 2);
      lab.postgres().stop();
      TimeUnit.SECONDS.sleep(SECONDS_WITHOUT_DATABASE);
      awaitDatabase(lab, 503, "fourier_masks_database_up 0.0");
      lab.postgres().startAgain();
      awaitDatabase(lab, 200, "fourier_masks_database_up 1.0");
      awaitDone(lab, jobs, JOBS);

      Map<String, Integer> byWorker = new HashMap<>();
      int begun = 0;
      for (String job : jobs) {
        List<Lab.Was> history = lab.history(job);
        assertThat(lab.masks(job)).as("masks of job %s", job).hasSize(1);
        assertThat(history.stream().filter(was -> was.state().equals("SUCCEEDED"))).hasSize(1);
        Lab.Was last = history.get(history.size() - 1);
        byWorker.merge(last.worker(), 1, Integer::sum);
        begun += (int) last.begun();
        // times are the database's, whatever the worker's clock says
        assertThat(history)
            .allMatch(was -> was.at().isAfter(begin) && was.at().isBefore(Instant.now()));
        assertThat(history).extracting(Lab.Was::at).isSorted();
      }
      assertThat(byWorker).hasSizeGreaterThanOrEqualTo(2);
      assertThat(wrong.isAlive()).isTrue();
      System.out.printf(
          "two workers: %d jobs done by %s in %d beginnings, a worker killed, PostgreSQL away for"
              + " %d s, a clock %s%n",
          JOBS,
          byWorker.values(),
          begun,
          SECONDS_WITHOUT_DATABASE,
          isClockOff ? "10 min off" : "not changed: faketime is not installed");
    }
  }

  private static void awaitWorkers(Lab lab, int count) {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                lab.get("/api/system").<List<Boolean>>path("workers.isWorking").stream()
                        .filter(isWorking -> isWorking)
                        .count()
                    == count);
  }

  /** Those who watch the server learn that its database is away, and that it is there again. */
  private static void awaitDatabase(Lab lab, int health, String metric) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                lab.get("/q/health/ready").statusCode() == health
                    && lab.get("/q/metrics").asString().contains(metric));
    if (health != 200) {
      assertThat(lab.get("/q/health/ready").asString()).contains("The database does not answer");
    }
  }

  /** A worker tells those who watch it what it does, and has nothing else to say. */
  private static void requireWatchable(String worker) {
    given().get(worker + "/q/health").then().statusCode(200);
    String metrics = given().get(worker + "/q/metrics").then().statusCode(200).extract().asString();
    assertThat(metrics.lines()).anyMatch(line -> line.startsWith("fourier_masks_"));
    given().get(worker + "/api/jobs").then().statusCode(404);
    given().get(worker + "/q/../api/jobs").then().statusCode(404);
    given().get(worker + "/").then().statusCode(404);
  }

  private static void awaitDone(Lab lab, List<String> jobs, int count) {
    await()
        .atMost(Duration.ofMinutes(15))
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions() // the database may be away
        .until(() -> done(lab) >= count);
    assertThat(jobs).hasSize(JOBS);
  }

  private static int done(Lab lab) {
    return lab.get("/api/jobs/table?state=SUCCEEDED&limit=1").path("total");
  }
}
