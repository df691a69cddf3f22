package io.fouriermasks.store;

import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.InjectableInstance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** What the repositories share: the database, its clock, and how a time is written in it. */
class Database {

  private static final String UNIQUE_VIOLATION = "23505";

  /** Of the database that is used; the other is not there. */
  @Produces
  @Singleton
  DataSource dataSource(
      @io.quarkus.agroal.DataSource("h2") InjectableInstance<AgroalDataSource> h2,
      @io.quarkus.agroal.DataSource("postgresql") InjectableInstance<AgroalDataSource> postgresql,
      DatabaseProduct product) {
    return product.isShared() ? postgresql.get() : h2.get();
  }

  @Produces
  @Singleton
  Jdbi jdbi(DataSource dataSource) {
    return Jdbi.create(dataSource);
  }

  /**
   * One clock for all who share a database; milliseconds, so that a time read back equals the one
   * written.
   */
  @Produces
  @Singleton
  Clock clock(DataSource dataSource, DatabaseProduct product) {
    return product.isShared()
        ? new DatabaseClock(dataSource, System::nanoTime)
        : Clock.tickMillis(ZoneOffset.UTC);
  }

  static OffsetDateTime time(Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  static Integer integer(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : value;
  }

  static Long whole(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }

  static Double real(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? null : value;
  }

  static boolean isDuplicate(UnableToExecuteStatementException e) {
    return e.getCause() instanceof SQLException cause
        && UNIQUE_VIOLATION.equals(cause.getSQLState());
  }
}
