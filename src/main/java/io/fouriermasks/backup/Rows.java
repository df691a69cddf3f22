package io.fouriermasks.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fouriermasks.backup.LabTables.Column;
import io.fouriermasks.backup.LabTables.Table;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/**
 * Rows as JSON objects that no database has a part in: whole numbers, numbers, texts, truth values,
 * and times as ISO 8601 in UTC. What is null is left out; a number that JSON lacks is a text.
 */
final class Rows {

  private Rows() {}

  /** The present row. */
  static ObjectNode read(ObjectMapper json, Table table, ResultSet row) throws SQLException {
    ObjectNode values = json.createObjectNode();
    for (int i = 0; i < table.columns().size(); i++) {
      String name = table.columns().get(i).name();
      Object value = row.getObject(i + 1);
      if (value instanceof Long number) {
        values.put(name, number);
      } else if (value instanceof Integer number) {
        values.put(name, number);
      } else if (value instanceof Double number) {
        if (Double.isFinite(number)) {
          values.put(name, number);
        } else {
          values.put(name, number.toString());
        }
      } else if (value instanceof Boolean truth) {
        values.put(name, truth);
      } else if (value instanceof String text) {
        values.put(name, text);
      } else if (value instanceof OffsetDateTime time) {
        values.put(name, time.toInstant().toString());
      } else if (value instanceof Timestamp time) {
        values.put(name, time.toInstant().toString());
      } else if (value != null) {
        throw new IllegalStateException(
            "%s.%s has values that cannot be kept: %s"
                .formatted(table.name(), name, value.getClass().getName()));
      }
    }
    return values;
  }

  /**
   * Makes the values of a row those of a statement's parameters.
   *
   * @throws InvalidArchiveException if they do not fit the table
   */
  static void bind(Table table, JsonNode values, PreparedStatement statement) throws SQLException {
    List<Column> columns = table.columns();
    Set<String> known = Set.copyOf(columns.stream().map(Column::name).toList());
    values
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw damaged(table, "there is no column for one of its values", null);
              }
            });
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      JsonNode value = values.get(column.name());
      if (value == null || value.isNull()) {
        statement.setNull(i + 1, column.type());
      } else {
        try {
          statement.setObject(i + 1, value(column, value));
        } catch (DateTimeException | NumberFormatException e) {
          throw damaged(table, column.name() + " is none of its values", e);
        }
      }
    }
  }

  private static Object value(Column column, JsonNode value) {
    return switch (column.type()) {
      case Types.BIGINT, Types.INTEGER, Types.SMALLINT ->
          new BigDecimal(value.asText()).longValueExact();
      case Types.DOUBLE -> Double.valueOf(value.asText());
      case Types.BOOLEAN, Types.BIT -> value.asBoolean();
      case Types.VARCHAR -> value.asText();
      case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE ->
          Instant.parse(value.asText()).atOffset(ZoneOffset.UTC);
      default ->
          throw new IllegalStateException(
              "the column %s has a type that cannot be filled: %d"
                  .formatted(column.name(), column.type()));
    };
  }

  private static InvalidArchiveException damaged(Table table, String how, Exception cause) {
    return new InvalidArchiveException(
        "the archive is damaged: a row of %s does not fit its table: %s"
            .formatted(table.name(), how),
        cause);
  }
}
