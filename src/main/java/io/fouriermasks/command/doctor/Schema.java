package io.fouriermasks.command.doctor;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What a database says of itself and of the lab's tables in it. */
final class Schema {

  private Schema() {}

  static Finding of(Connection connection) throws SQLException {
    DatabaseMetaData about = connection.getMetaData();
    String product =
        about.getDatabaseProductName()
            + " "
            + about.getDatabaseProductVersion().replaceAll(" \\(.*", "");
    if (!hasHistory(about)) {
      return new Finding.Ok(product + ", empty: the tables are made at the first start");
    }
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select \"version\", \"success\" from \"flyway_schema_history\""
                    + " where \"version\" is not null order by \"installed_rank\" desc")) {
      if (!row.next()) {
        return new Finding.Ok(product + ", without tables yet");
      }
      String version = row.getString(1);
      return row.getBoolean(2)
          ? new Finding.Ok("%s, schema version %s".formatted(product, version))
          : new Finding.Problem(
              "%s: the change to schema version %s was broken off.".formatted(product, version),
              "Restore the database from its backup, then start the program again.");
    }
  }

  private static boolean hasHistory(DatabaseMetaData about) throws SQLException {
    try (ResultSet tables = about.getTables(null, null, "flyway_schema_history", null)) {
      return tables.next();
    }
  }
}
