package io.fouriermasks.command;

import io.fouriermasks.store.LabConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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

  @Mixin private LabOptions lab;

  /** The dashboard's address for a browser on this machine. */
  String url() {
    String name = host.equals("0.0.0.0") ? "127.0.0.1" : host;
    return "http://%s:%d".formatted(name.contains(":") ? "[" + name + "]" : name, port);
  }

  /**
   * Checks what Quarkus would only complain about in a page of log, and configures it.
   *
   * @param role what the process does
   * @param listens whether the server is to answer HTTP
   */
  void apply(LabConfig.Role role, boolean listens) throws IOException, InterruptedException {
    if (port < 1 || port > 65_535) {
      throw new UsageException("--port must be 1 to 65535, not " + port);
    }
    if (listens) {
      requireFreePort();
    }
    lab.apply(role);
    System.setProperty("quarkus.http.host", host);
    System.setProperty("quarkus.http.port", Integer.toString(port));
    System.setProperty("quarkus.http.host-enabled", Boolean.toString(listens));
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
