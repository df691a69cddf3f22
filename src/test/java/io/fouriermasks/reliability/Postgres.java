package io.fouriermasks.reliability;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;

/** A real PostgreSQL of a lab's own, which can be stopped and started again. */
final class Postgres implements AutoCloseable {

  private final Path data;
  private EmbeddedPostgres server;
  private final int port;

  Postgres(Path folder) throws IOException {
    data = folder.resolve("postgresql");
    server = builder().start();
    port = server.getPort();
  }

  private EmbeddedPostgres.Builder builder() {
    return EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false);
  }

  String url() {
    return "postgresql://postgres@127.0.0.1:%d/postgres".formatted(port);
  }

  void stop() throws IOException {
    server.close();
  }

  void startAgain() throws IOException {
    server = builder().setPort(port).start();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
