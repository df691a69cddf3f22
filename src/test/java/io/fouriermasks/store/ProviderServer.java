package io.fouriermasks.store;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A provider of OpenID Connect that has nothing but its discovery document. */
public final class ProviderServer implements AutoCloseable {

  private static final String PATH = "/realms/lab";

  private final HttpServer server;
  private volatile int status = 200;
  private volatile String body;

  public ProviderServer() {
    this(create());
  }

  /**
   * @param server is started and stopped here
   */
  ProviderServer(HttpServer server) {
    this.server = server;
    isCalled(url().toString());
    server.createContext(
        PATH + "/.well-known/openid-configuration",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  private static HttpServer create() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its address, which it names as its issuer unless it is told otherwise. */
  public URI url() {
    return URI.create("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), PATH));
  }

  /** From now on it names that as its issuer. */
  public void isCalled(String issuer) {
    answers(200, "{\"issuer\": \"%s\"}".formatted(issuer));
  }

  /** From now on it answers that. */
  public void answers(int status, String body) {
    this.status = status;
    this.body = body;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
