package io.fouriermasks.backup;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The tables whose rows are a lab, as the database itself describes them: a new migration needs no
 * word here.
 */
final class LabTables {

  /** What says which process does what just now, and what was done to the schema. */
  static final Set<String> PASSING = Set.of("scheduled_tasks", "worker", "flyway_schema_history");

  /** Columns that refer to those. */
  private static final Map<String, Set<String>> PASSING_COLUMNS = Map.of("job", Set.of("entry"));

  private LabTables() {}

  /**
   * A column.
   *
   * @param type of {@link java.sql.Types}
   * @param isCounted whether the database counts its values up
   */
  record Column(String name, int type, boolean isCounted) {}

  /** A table; rows are read in the order of {@code key}, the primary key. */
  record Table(String name, List<Column> columns, List<String> key) {

    /** Reads all rows, always in the same order. */
    String select() {
      return "select %s from %s order by %s"
          .formatted(names(), name, String.join(", ", key.isEmpty() ? List.of("1") : key));
    }

    /** Writes a row. */
    String insert() {
      return "insert into %s (%s) values (%s)"
          .formatted(name, names(), String.join(", ", columns.stream().map(c -> "?").toList()));
    }

    private String names() {
      return String.join(", ", columns.stream().map(Column::name).toList());
    }
  }

  /** All of them, each after those that it refers to. */
  static List<Table> of(Connection connection) throws SQLException {
    DatabaseMetaData database = connection.getMetaData();
    // both databases are asked for names as they keep them: H2 in capitals
    Map<String, String> kept = new TreeMap<>();
    try (ResultSet row =
        database.getTables(
            connection.getCatalog(),
            connection.getSchema(),
            "%",
            new String[] {"TABLE", "BASE TABLE"})) {
      while (row.next()) {
        String name = row.getString("TABLE_NAME");
        if (!PASSING.contains(lower(name))) {
          kept.put(lower(name), name);
        }
      }
    }
    Set<String> ordered = new LinkedHashSet<>();
    for (String name : kept.keySet()) {
      addAfterItsParents(connection, kept, name, ordered, new LinkedHashSet<>());
    }
    List<Table> tables = new ArrayList<>();
    for (String name : ordered) {
      tables.add(
          new Table(
              name, columns(connection, name, kept.get(name)), key(connection, kept.get(name))));
    }
    return tables;
  }

  private static void addAfterItsParents(
      Connection connection,
      Map<String, String> kept,
      String name,
      Set<String> ordered,
      Set<String> above)
      throws SQLException {
    if (ordered.contains(name) || !above.add(name)) {
      return;
    }
    Set<String> parents = new LinkedHashSet<>();
    try (ResultSet row =
        connection
            .getMetaData()
            .getImportedKeys(connection.getCatalog(), connection.getSchema(), kept.get(name))) {
      while (row.next()) {
        parents.add(lower(row.getString("PKTABLE_NAME")));
      }
    }
    for (String parent : parents) {
      addAfterItsParents(connection, kept, parent, ordered, above);
    }
    ordered.add(name);
  }

  private static List<Column> columns(Connection connection, String table, String keptAs)
      throws SQLException {
    Map<String, Column> columns = new LinkedHashMap<>();
    Set<String> passing = PASSING_COLUMNS.getOrDefault(table, Set.of());
    try (ResultSet row =
        connection
            .getMetaData()
            .getColumns(connection.getCatalog(), connection.getSchema(), keptAs, "%")) {
      while (row.next()) {
        String name = lower(row.getString("COLUMN_NAME"));
        if (!passing.contains(name)) {
          columns.put(
              name,
              new Column(
                  name, row.getInt("DATA_TYPE"), "YES".equals(row.getString("IS_AUTOINCREMENT"))));
        }
      }
    }
    return List.copyOf(columns.values());
  }

  private static List<String> key(Connection connection, String keptAs) throws SQLException {
    Map<Integer, String> byPosition = new TreeMap<>();
    try (ResultSet row =
        connection
            .getMetaData()
            .getPrimaryKeys(connection.getCatalog(), connection.getSchema(), keptAs)) {
      while (row.next()) {
        byPosition.put(row.getInt("KEY_SEQ"), lower(row.getString("COLUMN_NAME")));
      }
    }
    return List.copyOf(byPosition.values());
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
