package io.fouriermasks.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fouriermasks.command.DemoOutput;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the image for CPUs consists of, entered as its Dockerfile says where no container engine
 * runs: no network, a user without rights, a read-only root, no shell.
 */
class RootfsIT {

  private static final long MEGABYTE = 1_000_000;
  private static final String PROGRAM = "opt/fourier-masks";

  @TempDir static Path folder;

  private static Path root;
  private static Dockerfile image;

  @BeforeAll
  static void fill() throws Exception {
    assumeTrue(
        Script.run(Map.of(), "bash", "-c", "unshare -rnm ip link set lo up").code() == 0,
        "this machine forbids user namespaces (unshare -rnm) or has no ip (iproute2)");
    assumeTrue(
        Script.run(Map.of(), "bash", "-c", "apt-cache show libjemalloc2 && command -v dpkg-deb")
                .code()
            == 0,
        "this is no Debian with lists of its packages (apt-get update), of which the image takes some");
    root = folder.resolve("root");
    Script.output(Script.checkout().resolve("docker/fill-root.sh").toString(), root.toString());
    image = Dockerfile.read(Script.checkout().resolve("docker/Dockerfile")).image();
  }

  /** Starts the image's entry point with other arguments than its {@code CMD}. */
  private static Process enter(
      Path data, Path log, Map<String, String> settings, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Script.checkout().resolve("docker/enter-root.sh").toString());
    command.add(root.toString());
    command.add(Files.createDirectories(data).toString());
    command.addAll(image.command("ENTRYPOINT"));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().keySet().retainAll(List.of("PATH"));
    builder.environment().putAll(image.environment());
    builder.environment().putAll(settings);
    return builder.start();
  }

  @Test
  void it_is_as_small_as_promised_and_has_nothing_to_start_but_java() throws IOException {
    long libtorch = size(root.resolve(PROGRAM + "/native/libtorch"));
    long application =
        size(root.resolve(PROGRAM + "/app")) + size(root.resolve(PROGRAM + "/samples"));
    assertThat(size(root)).isBetween(libtorch + application, 900 * MEGABYTE);
    assertThat(application).isLessThan(150 * MEGABYTE);
    try (var files = Files.walk(root)) {
      assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
          .doesNotContain("sh", "bash", "dash", "busybox", "apt", "dpkg", "curl", "perl")
          .contains("java", "libjemalloc.so.2", "libtorch_cpu.so");
    }
  }

  @Test
  void the_demo_trains_a_mask() throws Exception {
    Path data = folder.resolve("demo");
    Path log = folder.resolve("demo.txt");
    Process demo = enter(data, log, Map.of(), List.of("demo", "--once", "--data-dir", "/data"));
    assertThat(demo.waitFor(5, TimeUnit.MINUTES)).isTrue();
    String said = Files.readString(log);
    assertThat(demo.exitValue()).as(said).isZero();
    DemoOutput.assertMask(said, inside -> data.resolve(Path.of("/data").relativize(inside)));
  }

  @Test
  void names_of_files_may_have_the_letters_of_all_languages() throws Exception {
    Path log = folder.resolve("doctor.txt");
    Process doctor =
        enter(folder.resolve("doctor"), log, Map.of(), List.of("doctor", "--data-dir", "/data"));
    assertThat(doctor.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(Files.readString(log)).contains("names of files in UTF-8");
  }

  @Test
  void the_server_answers_its_health_check_and_ends_when_it_is_told_to() throws Exception {
    Path log = folder.resolve("server.txt");
    Path data = Files.createDirectory(folder.resolve("lab"));
    Files.writeString(data.resolve("secret"), "a token of the administrator\n");
    Process server =
        enter(
            data,
            log,
            Map.of("FOURIER_MASKS_ACCESS_TOKEN_FILE", "/data/secret"),
            image.command("CMD"));
    try {
      await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(200))
          .until(() -> !server.isAlive() || Files.readString(log).contains("dashboard http"));
      assertThat(Files.readString(log))
          .as("the token is known, so none is drawn")
          .doesNotContain("?token=");
      Script.Result health = inside(server, image.healthCheck());
      assertThat(health.code()).as(health.text()).isZero();
      assertThat(health.text()).contains("UP   database").contains("UP   libtorch");
    } finally {
      server.destroy();
      server.onExit().join();
    }
    assertThat(Files.readString(log)).contains("stopped in");
    assertThat(server.exitValue()).as("the end of a program that a SIGTERM ends").isEqualTo(143);
  }

  /** Runs a command beside a process, in all that it sees, as an engine runs a health check. */
  private static Script.Result inside(Process process, List<String> words) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of("nsenter", "--target", Long.toString(process.pid()), "--user", "--net", "--mount"));
    command.addAll(List.of("--preserve-credentials", "--root", "--wd", "--"));
    command.addAll(words);
    return Script.run(Map.of(), command.toArray(String[]::new));
  }

  /** Bytes of all files below a folder. */
  private static long size(Path folder) throws IOException {
    long[] sum = new long[1];
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            sum[0] += attributes.isRegularFile() ? attributes.size() : 0;
            return FileVisitResult.CONTINUE;
          }
        });
    return sum[0];
  }
}
