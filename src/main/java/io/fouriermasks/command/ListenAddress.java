package io.fouriermasks.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Where a process answers HTTP. */
record ListenAddress(String host, int port) {

  /** Environment variable of the token, as the configuration reads it. */
  static final String TOKEN = "FOURIER_MASKS_ACCESS_TOKEN";

  private static final int SHORTEST_TOKEN = 16;

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

  private boolean isOfThisMachine() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new UsageException("--host: there is no address '%s'".formatted(host), e);
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

  /**
   * Hands it to Quarkus. An address that other machines can reach needs the token of the lab, and
   * so does every one if the environment names a token.
   *
   * @throws UsageException if the token that the environment names is too short to be one
   */
  void apply() {
    String token = LabEnvironment.variables().get(TOKEN);
    if (token != null && token.length() < SHORTEST_TOKEN) {
      throw new UsageException(
          "%s must have at least %d characters".formatted(TOKEN, SHORTEST_TOKEN));
    }
    System.setProperty(
        "fourier-masks.access.required", Boolean.toString(token != null || !isOfThisMachine()));
    System.setProperty("quarkus.http.host", host);
    System.setProperty("quarkus.http.port", Integer.toString(port));
  }
}
