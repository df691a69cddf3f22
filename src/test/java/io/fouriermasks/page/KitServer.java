package io.fouriermasks.page;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;

/** The built program, serving the starter kit from a process of its own. */
public final class KitServer implements AutoCloseable {

  private final Process process;
  private final String root;

  private KitServer(Process process, String root) {
    this.process = process;
    this.root = root;
  }

  /**
   * Starts it on the data below a folder, which is made; returns when the masks are in and the
   * engine is loaded.
   */
  public static KitServer start(Path folder) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Process process =
        new ProcessBuilder(
                System.getProperty("lab.launcher"),
                "serve",
                "--port",
                Integer.toString(port),
                "--data-dir",
                folder.resolve("lab").toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("server.txt").toFile()))
            .start();
    KitServer server = new KitServer(process, "http://127.0.0.1:" + port);
    await()
        .atMost(Duration.ofMinutes(2))
        .ignoreExceptions()
        .until(
            () -> {
              JsonPath system = given().get(server.root + "/api/system").jsonPath();
              return system.getString("folders").equals("ready")
                  && system.getString("engine.state").equals("ready");
            });
    return server;
  }

  /** Address of a path. */
  public String at(String path) {
    return root + path;
  }

  /** The board of the whole-model masks of a family. */
  String board(String family) {
    return root
        + "/compare?columns="
        + given().get(root + "/api/models").jsonPath().<String>getList("items.id").stream()
            .filter(model -> model.startsWith(family + "-"))
            .map(
                model ->
                    given()
                        .get(root + "/api/masks?kind=model-mask&model=" + model)
                        .<String>path("items[0].id"))
            .collect(Collectors.joining(","));
  }

  /** The board of one photograph under the models of a family, and under the attack. */
  String photograph(String family) {
    String image = given().get(root + "/api/masks?kind=image-mask").path("items[0].image");
    String model = family + "-compact-";
    return "%s/compare?columns=%sn,%sadv,%ssn,%stn,%srn,%sn~attacked&image=%s"
        .formatted(root, model, model, model, model, model, model, image);
  }

  /** Number of the process. */
  public long pid() {
    return process.pid();
  }

  /** Ends it as a power cut would. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Asks it to end, and waits until it has. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
