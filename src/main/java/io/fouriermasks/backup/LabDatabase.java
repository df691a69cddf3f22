package io.fouriermasks.backup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.jdbi.v3.core.Jdbi;

/**
 * The database of a lab, opened without the server.
 *
 * @param url its address for JDBC
 */
public record LabDatabase(String url, String user, String password) {

  private static final String H2_FILE = "jdbc:h2:file:";

  /** The H2 file of a data folder, with the settings of the server. */
  public static LabDatabase inFolder(Path data) {
    return new LabDatabase(
        H2_FILE + data.toAbsolutePath().normalize().resolve("lab") + ";WRITE_DELAY=0", "sa", "");
  }

  /** Whether there is anything to connect to; an H2 is made by connecting. */
  boolean isThere() {
    return !url.startsWith(H2_FILE)
        || Files.exists(
            Path.of(url.substring(H2_FILE.length()).replaceFirst(";.*", "") + ".mv.db"));
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url, user, password);
  }

  Jdbi jdbi() {
    return Jdbi.create(url, user, password);
  }

  /** Version of its schema; empty if it has no tables yet. */
  Optional<String> schema() {
    return Optional.ofNullable(flyway("latest").info().current())
        .map(MigrationInfo::getVersion)
        .map(MigrationVersion::getVersion);
  }

  /** Version of the schema that this program works with. */
  static String newestSchema() {
    // of no lab: asking one would make its H2 file
    MigrationInfo[] all = new LabDatabase("jdbc:h2:mem:", "sa", "").flyway("latest").info().all();
    return all[all.length - 1].getVersion().getVersion();
  }

  /** Makes its tables those of a schema, or brings them there. */
  void migrate(String schema) {
    flyway(schema).migrate();
  }

  private Flyway flyway(String target) {
    return Flyway.configure().dataSource(url, user, password).target(target).load();
  }
}
