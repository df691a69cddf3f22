package io.fouriermasks.reliability;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fouriermasks.api.TestPictures;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lab whose disk, a small one in memory, is filled by somebody else while a job runs. */
class DiskFullIT {

  private static final int DISK_MEGABYTES = 96;
  private static final int RESERVE_MEGABYTES = 16;

  private static final List<String> OWN_DISK =
      List.of(
          "unshare",
          "-rm",
          "sh",
          "-c",
          "mount -t tmpfs -o size=%dm tmpfs \"$0\" && exec \"$@\"".formatted(DISK_MEGABYTES));

  @TempDir Path folder;

  private int port;

  @Test
  void a_job_fails_with_the_reason_and_there_is_work_again_when_there_is_space_again()
      throws Exception {
    assumeTrue(mayMount(), "this machine lets nobody mount a disk of his own");
    Path data = Files.createDirectory(folder.resolve("data"));
    port = Lab.freePort();
    List<String> prefix = new ArrayList<>(OWN_DISK);
    prefix.add(data.toString());
    try (Member server =
        new Member(
            folder,
            "server",
            prefix,
            Map.of("FOURIER_MASKS_MIN_FREE", RESERVE_MEGABYTES + "M"),
            List.of("serve", "--port", Integer.toString(port), "--data-dir", data.toString()))) {
      await()
          .atMost(Duration.ofMinutes(3))
          .ignoreExceptions()
          .until(() -> given().get(at("/api/system")).path("folders").equals("ready"));
      // unshare becomes the shell, the shell the launcher, and that Java
      Path disk = Path.of("/proc/" + server.pid() + "/root" + data);
      List<String> images = given().get(at("/api/images?limit=8")).path("items.id");

      String job = submit(images, 3000);
      awaitPoints(job);
      fill(disk, RESERVE_MEGABYTES / 2);
      await().atMost(Duration.ofMinutes(2)).until(() -> state(job), equalTo("FAILED"));
      given().get(at("/api/jobs/" + job)).then().body("error", containsString("The disk is full"));
      assertThat(upload().statusCode()).isEqualTo(507);
      given().get(at("/jobs/" + job)).then().statusCode(200);

      Files.delete(disk.resolve("filler"));
      assertThat(upload().statusCode()).isEqualTo(200);

      // not even the database can be written: H2 closes itself
      String second = retry(job);
      awaitPoints(second);
      fill(disk, 0);
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> status(second) == 503 || state(second).equals("FAILED"));
      System.out.printf("disk full: a running job is answered with %d%n", status(second));
      assertThat(server.isAlive()).isTrue();
      Files.delete(disk.resolve("filler"));
      await()
          .atMost(Duration.ofMinutes(2))
          .ignoreExceptions()
          .until(() -> state(second), equalTo("FAILED"));
      given()
          .get(at("/api/jobs/" + second))
          .then()
          .body("error", containsString("The disk is full"));

      // a short one: the long ones are there to be running when the disk is full
      String third = submit(images.subList(0, 1), 40);
      await().atMost(Duration.ofMinutes(5)).until(() -> state(third), equalTo("SUCCEEDED"));
    }
  }

  private static boolean mayMount() throws IOException, InterruptedException {
    return new ProcessBuilder("unshare", "-rm", "sh", "-c", "mount -t tmpfs tmpfs /mnt")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  /** Leaves so much of the disk to others. */
  private static void fill(Path disk, int megabytesLeft) throws IOException {
    byte[] block = new byte[1 << 16];
    long left = (long) megabytesLeft << 20;
    try (OutputStream filler =
        Files.newOutputStream(
            disk.resolve("filler"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (Files.getFileStore(disk).getUsableSpace() > left) {
        filler.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left"); // as full as can be
    }
  }

  private String at(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  private void awaitPoints(String job) {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              List<?> points = given().get(at("/api/jobs/" + job + "/points")).path("items");
              return !points.isEmpty();
            });
  }

  private String retry(String job) {
    return await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions() // H2 may still be on its way to open its file again
        .until(
            () ->
                given()
                    .post(at("/api/jobs/" + job + "/retry"))
                    .then()
                    .statusCode(202)
                    .extract()
                    .<String>path("id"),
            id -> id != null);
  }

  private int status(String job) {
    return given().get(at("/api/jobs/" + job)).statusCode();
  }

  private String state(String job) {
    // without one in the answer that the database does not answer
    return String.valueOf((Object) given().get(at("/api/jobs/" + job)).path("state"));
  }

  private Response upload() {
    return given()
        .multiPart("files", "a.png", TestPictures.noise(60, 60, System.nanoTime(), "png"))
        .post(at("/api/images"));
  }

  private static Map<String, Object> body(List<String> images, int maxSteps) {
    return Map.of("kind", "image-mask", "model", Lab.MODEL, "images", images, "maxSteps", maxSteps);
  }

  private String submit(List<String> images, int maxSteps) {
    return given()
        .contentType("application/json")
        .body(body(images, maxSteps))
        .post(at("/api/jobs"))
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }
}
