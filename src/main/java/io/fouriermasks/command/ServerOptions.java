package io.fouriermasks.command;

import io.fouriermasks.store.LabConfig;
import java.io.IOException;
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
    return new ListenAddress(host, port).url();
  }

  /**
   * Checks what Quarkus would only complain about in a page of log, and configures it.
   *
   * @param role what the process does
   * @param listens whether the server is to answer HTTP
   */
  void apply(LabConfig.Role role, boolean listens) throws IOException, InterruptedException {
    ListenAddress address = new ListenAddress(host, port);
    if (listens) {
      address.requireFree();
    }
    lab.apply(role);
    address.apply();
    System.setProperty("quarkus.http.host-enabled", Boolean.toString(listens));
  }
}
