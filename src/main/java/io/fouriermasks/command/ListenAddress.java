package io.fouriermasks.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Where a process answers HTTP. */
record ListenAddress(String host, int port) {

  /**
   * An address.
   *
   * @throws UsageException if there is no such port
   */
  ListenAddress {
    if (port < 1 || port > 65_535) {
      throw new UsageException("--port must be 1 to 65535, not " + port);
    }
  }

  /** For a browser on this machine. */
  String url() {
    String name = host.equals("0.0.0.0") ? "127.0.0.1" : host;
    return "http://%s:%d".formatted(name.contains(":") ? "[" + name + "]" : name, port);
  }

  /**
   * Checks that it can be had, which Quarkus would only complain about in a page of log.
   *
   * @throws UsageException if it cannot
   */
  void requireFree() {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
      socket.setReuseAddress(true);
    } catch (IOException e) {
      throw new UsageException(
          "cannot listen on %s port %d (%s); choose another with --port"
              .formatted(host, port, e.getMessage()),
          e);
    }
  }

  /** Hands it to Quarkus. */
  void apply() {
    System.setProperty("quarkus.http.host", host);
    System.setProperty("quarkus.http.port", Integer.toString(port));
  }
}
