package io.fouriermasks.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the server listens and keeps its data; hands the settings to Quarkus. */
final class ServerOptions {

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      paramLabel = "ADDRESS",
      description = "address to listen on (default: ${DEFAULT-VALUE})")
  private String host;

  @Option(
      names = "--port",
      defaultValue = "8080",
      paramLabel = "N",
      description = "port to listen on (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--data-dir",
      defaultValue = "data",
      paramLabel = "DIR",
      description = "database and results (default: ${DEFAULT-VALUE})")
  private Path dataDir;

  @Option(
      names = {"--data-root", "--data_root"},
      paramLabel = "DIR",
      description =
          "folder whose image folders jobs may use, such as DIR/NAME/train/CLASS/*.jpg; can be given"
              + " several times")
  private List<Path> dataRoots = List.of();

  @Mixin private DeviceOption device;

  /** The dashboard's address for a browser on this machine. */
  String url() {
    String name = host.equals("0.0.0.0") ? "127.0.0.1" : host;
    return "http://%s:%d".formatted(name.contains(":") ? "[" + name + "]" : name, port);
  }

  /**
   * Checks what Quarkus would only complain about in a page of log, and configures it.
   *
   * @param listens whether the server is to answer HTTP
   */
  void apply(boolean listens) throws IOException {
    if (port < 1 || port > 65_535) {
      throw new UsageException("--port must be 1 to 65535, not " + port);
    }
    Path data = dataDir.toAbsolutePath().normalize();
    if (Files.exists(data) && !Files.isDirectory(data)) {
      throw new UsageException("--data-dir: %s is no folder".formatted(data));
    }
    for (Path root : dataRoots) {
      if (!Files.isDirectory(root)) {
        throw new UsageException("--data-root: there is no folder %s".formatted(root));
      }
    }
    requireUnlocked(data.resolve("lab.mv.db"));
    if (listens) {
      requireFreePort();
    }
    System.setProperty("fourier-masks.data-dir", data.toString());
    System.setProperty("fourier-masks.device", device.text());
    if (!dataRoots.isEmpty()) {
      System.setProperty("fourier-masks.data-roots", list(dataRoots));
    }
    System.setProperty("quarkus.http.host", host);
    System.setProperty("quarkus.http.port", Integer.toString(port));
    System.setProperty("quarkus.http.host-enabled", Boolean.toString(listens));
    samples().ifPresent(path -> System.setProperty("fourier-masks.samples-dir", path.toString()));
  }

  /** As the configuration writes a list: a comma in a name is escaped. */
  private static String list(List<Path> paths) {
    return paths.stream()
        .map(path -> path.toAbsolutePath().normalize().toString())
        .map(path -> path.replace("\\", "\\\\").replace(",", "\\,"))
        .collect(Collectors.joining(","));
  }

  /** The starter kit beside the program, if it is there. */
  static Optional<Path> samples() {
    return Optional.ofNullable(System.getProperty("fourier-masks.home"))
        .map(home -> Path.of(home).resolve("samples"))
        .filter(Files::isDirectory);
  }

  private void requireUnlocked(Path database) throws IOException {
    if (!Files.exists(database)) {
      return;
    }
    try (FileChannel file = FileChannel.open(database, StandardOpenOption.WRITE);
        FileLock lock = file.tryLock()) {
      if (lock == null) {
        throw inUse();
      }
    } catch (OverlappingFileLockException e) {
      throw inUse();
    }
  }

  private UsageException inUse() {
    return new UsageException(
        "another fourier-masks is using %s; stop it, or choose another folder with --data-dir"
            .formatted(dataDir));
  }

  private void requireFreePort() {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
      socket.setReuseAddress(true);
    } catch (IOException e) {
      throw new UsageException(
          "cannot listen on %s port %d (%s); choose another with --port"
              .formatted(host, port, e.getMessage()),
          e);
    }
  }
}
