package io.fouriermasks.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL, started for the first test that needs it, which ends with the tests. */
final class TestPostgres {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private TestPostgres() {}

  /** Started once, by the class loader. */
  private static final class Server {
    static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        // a test's data need not outlive a power cut
        return EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setServerConfig("max_connections", "200")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException("PostgreSQL does not start", e);
      }
    }
  }

  /** The address of a new, empty database; user {@code postgres}, no password. */
  static String newDatabase() {
    String name = "lab" + NUMBER.incrementAndGet();
    try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL makes no database", e);
    }
    return Server.POSTGRES.getJdbcUrl("postgres", name);
  }
}
