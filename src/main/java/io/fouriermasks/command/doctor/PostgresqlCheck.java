package io.fouriermasks.command.doctor;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Properties;

/** Whether the PostgreSQL that processes share can be reached, and whose clock is how far off. */
public final class PostgresqlCheck implements Check {

  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final String jdbc;
  private final Properties login;

  /**
   * @param jdbc its address, without a password
   * @param login user and password, where they are known
   */
  public PostgresqlCheck(String jdbc, Properties login) {
    this.jdbc = jdbc;
    this.login = login;
  }

  @Override
  public String name() {
    return "database";
  }

  @Override
  public Finding look() {
    try (Connection connection = DriverManager.getConnection(jdbc, login)) {
      Finding schema = Schema.of(connection);
      Duration ahead = ahead(connection);
      if (schema instanceof Finding.Ok && ahead.abs().compareTo(CLOSE) > 0) {
        return new Finding.Note(
            "%s; this machine's clock is %d s %s it, which does no harm but puts other times into its log"
                .formatted(
                    schema.text(),
                    ahead.abs().toSeconds(),
                    ahead.isNegative() ? "behind" : "ahead of"));
      }
      return schema;
    } catch (SQLException e) {
      return new Finding.Problem(
          "%s cannot be used: %s".formatted(jdbc, e.getMessage()), remedy(e.getSQLState()));
    }
  }

  private static String remedy(String state) {
    if (state == null || state.startsWith("08")) {
      return "Look whether it runs and listens there, and whether a firewall lets this machine in.";
    }
    return switch (state) {
      case "28P01", "28000" ->
          "Correct user and password in FOURIER_MASKS_DATABASE_URL, or"
              + " FOURIER_MASKS_DATABASE_USER and FOURIER_MASKS_DATABASE_PASSWORD.";
      case "3D000" -> "Create the database (createdb), or correct its name in the address.";
      case "53300" -> "Too many connections: raise max_connections or stop other programs.";
      default -> "The log of PostgreSQL has the details.";
    };
  }

  private static Duration ahead(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select clock_timestamp()")) {
      row.next();
      return Duration.between(row.getObject(1, OffsetDateTime.class).toInstant(), Instant.now());
    }
  }
}
