package io.fouriermasks.reliability;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.fouriermasks.store.ObjectServer;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A lab of several processes on one PostgreSQL, seen from outside. They share a data folder, or
 * have one each and a bucket together.
 */
final class Lab implements AutoCloseable {

  static final String MODEL = "surfaces-compact-n";

  private static final int LONG_STEPS = 100_000;

  private final Path folder;
  private final ObjectServer objects;
  private final Postgres postgres;
  private final int port = freePort();
  private final List<Member> members = new ArrayList<>();
  private int started;

  Lab(Path folder) throws IOException {
    this(folder, null);
  }

  /**
   * @param objects has the bucket; null if they share a folder
   */
  Lab(Path folder, ObjectServer objects) throws IOException {
    this.folder = folder;
    this.objects = objects;
    this.postgres = new Postgres(folder);
  }

  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  Path data() {
    return folder.resolve("lab");
  }

  /** The data folder of a process that has one of its own. */
  Path folder(Member member) {
    return folder.resolve("lab-of-" + member.name());
  }

  Postgres postgres() {
    return postgres;
  }

  /** The dashboard, which does no jobs; not yet ready. */
  Member server() throws IOException {
    return start(List.of(), "serve", "--no-worker", "--port", Integer.toString(port));
  }

  /** A worker; not yet ready. */
  Member worker(String... prefix) throws IOException {
    return start(List.of(prefix), "worker");
  }

  /** A worker that answers those who watch it; not yet ready. */
  Member watchedWorker(int port) throws IOException {
    return start(List.of(), "worker", "--port", Integer.toString(port));
  }

  private Member start(List<String> prefix, String... arguments) throws IOException {
    String name = arguments[0] + "-" + ++started;
    Map<String, String> environment = new HashMap<>();
    environment.put("FOURIER_MASKS_DATABASE_URL", postgres.url());
    environment.put("OMP_NUM_THREADS", "1");
    if (objects != null) {
      environment.putAll(objects.environment());
    }
    Path data = objects == null ? data() : folder.resolve("lab-of-" + name);
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data-dir", data.toString()));
    Member member = new Member(folder, name, prefix, environment, all);
    members.add(member);
    return member;
  }

  /** Waits until the dashboard answers and has looked through its folders. */
  void awaitReady() {
    await()
        .atMost(Duration.ofMinutes(2))
        .ignoreExceptions()
        .until(() -> get("/api/system").path("folders").equals("ready"));
  }

  io.restassured.response.Response get(String path) {
    return request().get(at(path));
  }

  RequestSpecification request() {
    return given();
  }

  String at(String path) {
    return "http://127.0.0.1:%d%s".formatted(port, path);
  }

  /** Submits masks of photographs; the id, or nothing if the answer was not 202. */
  String submit(List<String> images, int maxSteps, long seed) {
    return submit(MODEL, images, maxSteps, seed);
  }

  /** The same under another network. */
  String submit(String model, List<String> images, int maxSteps, long seed) {
    return submit(model, images, Map.of("maxSteps", maxSteps, "seed", seed));
  }

  /**
   * Submits so much work that no machine is done with it before several checkpoints are written.
   */
  String submitLong(String model, List<String> images, long seed) {
    return submit(model, images, Map.of("preset", "paper", "maxSteps", LONG_STEPS, "seed", seed));
  }

  private String submit(String model, List<String> images, Map<String, Object> settings) {
    Map<String, Object> body = new HashMap<>(settings);
    body.put("kind", "image-mask");
    body.put("model", model);
    body.put("images", images);
    return request()
        .contentType("application/json")
        .body(body)
        .post(at("/api/jobs"))
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  String state(String job) {
    return get("/api/jobs/" + job).path("state");
  }

  /** The values of the masks of a job. */
  List<String> masks(String job) {
    List<String> ids = get("/api/jobs/" + job).path("masks.id");
    return ids.stream()
        .map(
            id ->
                java.util.HexFormat.of().formatHex(get("/api/masks/" + id + ".bin").asByteArray()))
        .sorted()
        .toList();
  }

  /** One state that a job was in, as its history has it. */
  record Was(Instant at, String state, String reason, String worker, long begun) {}

  List<Was> history(String job) {
    List<Map<String, Object>> items = get("/api/jobs/" + job + "/history").path("items");
    return items.stream()
        .map(
            item ->
                new Was(
                    Instant.parse((String) item.get("at")),
                    (String) item.get("state"),
                    (String) item.get("reason"),
                    (String) item.get("worker"),
                    ((Number) item.get("begun")).longValue()))
        .toList();
  }

  @Override
  public void close() throws IOException {
    members.forEach(Member::kill);
    postgres.close();
  }
}
