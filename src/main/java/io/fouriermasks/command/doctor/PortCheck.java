package io.fouriermasks.command.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Whether the server could listen. */
public final class PortCheck implements Check {

  private final String host;
  private final int port;

  public PortCheck(String host, int port) {
    this.host = host;
    this.port = port;
  }

  @Override
  public String name() {
    return "port";
  }

  @Override
  public Finding look() {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
      return new Finding.Ok("%s:%d is free".formatted(host, socket.getLocalPort()));
    } catch (IOException e) {
      return new Finding.Note(
          "%s:%d cannot be listened on (%s): a server runs already, or take another with --port"
              .formatted(host, port, e.getMessage()));
    }
  }
}
