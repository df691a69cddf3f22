package io.fouriermasks.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fouriermasks.api.TestPictures;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the server or a worker at random moments while somebody uploads, starts and trains. A few
 * times here; as often as one likes with {@code -Dkills=N}, and another sequence with {@code
 * -Dkill.seed=N}.
 */
class KillLoopIT {

  private static final int KILLS = Integer.getInteger("kills", 3);
  private static final long SEED = Long.getLong("kill.seed", 20261125);

  /** Between two checkpoints, and the time that one takes to be written. */
  private static final Duration MOST_REPEATED = Duration.ofSeconds(35);

  private static final int SHORT_STEPS = 250;
  private static final int SHORT_KINDS = 3;

  @TempDir Path folder;

  private final Random random = new Random(SEED);
  private final List<String> accepted = new ArrayList<>();
  private final List<String> longJobs = new ArrayList<>();
  private final List<String> uploaded = new ArrayList<>();

  /** When a process was killed, by the name that it had among the workers. */
  private final Map<String, Instant> killedAt = new HashMap<>();

  /** How old the checkpoint of a long job was then. */
  private final Map<String, Duration> checkpoints = new HashMap<>();

  private Duration mostRepeated = Duration.ZERO;
  private int refused;

  @Test
  void what_was_accepted_is_done_as_if_nothing_had_happened() throws Exception {
    System.out.printf("kill loop: %d kills, seed %d%n", KILLS, SEED);
    try (Lab lab = new Lab(folder)) {
      Member server = lab.server();
      lab.awaitReady();
      List<Member> workers = new ArrayList<>(List.of(lab.worker(), lab.worker()));
      List<String> photographs = lab.get("/api/images?limit=8").path("items.id");

      List<List<String>> undisturbed = new ArrayList<>();
      for (int kind = 0; kind < SHORT_KINDS; kind++) {
        undisturbed.add(finished(lab, shortJob(lab, photographs, kind)));
      }

      Map<String, Integer> kinds = new HashMap<>();
      longJobs.add(lab.submitLong(Lab.MODEL, photographs, 1));
      for (int kill = 1; kill <= KILLS; kill++) {
        Instant until = Instant.now().plusMillis(2000 + random.nextInt(8000));
        while (Instant.now().isBefore(until)) {
          useTheLab(lab, photographs, kinds);
        }
        if (random.nextInt(3) == 0) {
          server.kill();
          server = lab.server();
        } else {
          int which = random.nextInt(workers.size());
          kill(lab, workers.get(which));
          workers.set(which, lab.worker());
        }
      }
      lab.awaitReady();
      assertAllDone(lab, kinds, undisturbed);
      lab.request().post(lab.at("/api/jobs/" + longJobs.get(longJobs.size() - 1) + "/cancel"));
      assertOneWorkerEach(lab);
      int files = assertWhole(lab.data().resolve("artefacts"));
      assertThat(mostRepeated).as("training done twice").isLessThan(MOST_REPEATED);
      System.out.printf(
          "kill loop: %d kills, %d jobs and %d photographs accepted, %d requests without an answer,"
              + " %d files whole, at most %.0f s of a training done twice%n",
          KILLS, accepted.size(), uploaded.size(), refused, files, mostRepeated.toMillis() / 1e3);
    }
  }

  /** One upload or one start, if the server answers. */
  private void useTheLab(Lab lab, List<String> photographs, Map<String, Integer> kinds)
      throws InterruptedException {
    try {
      if (random.nextInt(3) == 0) {
        byte[] picture = TestPictures.noise(40, 40, random.nextLong(), "png");
        Response answer =
            lab.request().multiPart("files", "a.png", picture).post(lab.at("/api/images"));
        if (answer.statusCode() == 200) {
          uploaded.add(answer.path("files[0].image.id"));
        }
      } else if (lab.state(longJobs.get(longJobs.size() - 1)).equals("SUCCEEDED")) {
        longJobs.add(lab.submitLong(Lab.MODEL, photographs, longJobs.size() + 1));
      } else if (accepted.size() < 2 * KILLS) {
        int kind = random.nextInt(SHORT_KINDS);
        String job = shortJob(lab, photographs, kind);
        accepted.add(job);
        kinds.put(job, kind);
      }
      TimeUnit.MILLISECONDS.sleep(200 + random.nextInt(600)); // nobody clicks faster
    } catch (Exception | AssertionError e) {
      refused++; // the server is being started again: what was not accepted is not promised
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  private static String shortJob(Lab lab, List<String> photographs, int kind) {
    return lab.submit(photographs.subList(kind, kind + 2), SHORT_STEPS, 31);
  }

  private static List<String> finished(Lab lab, String job) {
    await().atMost(Duration.ofMinutes(5)).until(() -> lab.state(job).equals("SUCCEEDED"));
    return lab.masks(job);
  }

  private void kill(Lab lab, Member worker) throws IOException {
    worker.kill();
    Instant now = Instant.now();
    String pid = Long.toString(worker.pid());
    killedAt.put(pid, now);
    for (String job : longJobs) {
      Path file = lab.data().resolve("jobs").resolve(job).resolve("masks.checkpoint.safetensors");
      if (Files.exists(file)) {
        Instant written = Files.getLastModifiedTime(file).toInstant();
        checkpoints.put(job + " of " + pid, Duration.between(written, now));
      }
    }
  }

  private void assertAllDone(Lab lab, Map<String, Integer> kinds, List<List<String>> undisturbed) {
    for (String job : accepted) {
      assertThat(finished(lab, job))
          .as("masks of job %s", job)
          .isEqualTo(undisturbed.get(kinds.get(job)));
    }
    for (String image : uploaded) {
      lab.get("/api/images/" + image + ".png").then().statusCode(200);
    }
  }

  /** What a worker had done since its last checkpoint, or since it began, is done again. */
  private void countRepeated(String job, String pid, Duration sinceBegun) {
    Duration sinceWritten = checkpoints.getOrDefault(job + " of " + pid, sinceBegun);
    Duration repeated = sinceWritten.compareTo(sinceBegun) < 0 ? sinceWritten : sinceBegun;
    mostRepeated = repeated.compareTo(mostRepeated) > 0 ? repeated : mostRepeated;
  }

  /** A worker begins only after the one before has stopped, or was killed. */
  private void assertOneWorkerEach(Lab lab) {
    for (String job : Stream.concat(accepted.stream(), longJobs.stream()).toList()) {
      List<Lab.Was> history = lab.history(job);
      for (int i = 1; i < history.size(); i++) {
        Lab.Was before = history.get(i - 1);
        Lab.Was now = history.get(i);
        if (before.state().equals("RUNNING") && "interrupted".equals(now.reason())) {
          String pid = before.worker().substring(before.worker().lastIndexOf(':') + 1);
          assertThat(killedAt)
              .as("job %s was taken from a worker that lived", job)
              .containsKey(pid);
          assertThat(now.at()).isAfter(killedAt.get(pid));
          countRepeated(job, pid, Duration.between(before.at(), killedAt.get(pid)));
        }
        if (now.state().equals("RUNNING")) {
          assertThat(before.state()).as("job %s before it was begun", job).isEqualTo("QUEUED");
          assertThat(now.begun()).isEqualTo(before.begun() + 1);
        }
      }
    }
  }

  /** Every artefact is named by its content; what is not whole has another name. */
  private static int assertWhole(Path artefacts) throws Exception {
    int files = 0;
    try (Stream<Path> all = Files.walk(artefacts)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        if (!name.endsWith(".tmp")) {
          byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
          assertThat(name).startsWith(HexFormat.of().formatHex(hash));
          files++;
        }
      }
    }
    return files;
  }
}
