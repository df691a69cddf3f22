package io.fouriermasks.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/**
 * The time of the database that several machines share. Leases end and heartbeats are missed by
 * comparing times that different processes wrote; the clock of a machine may be minutes off.
 * Between two readings the time goes on by the processor's own counter, so that setting the
 * machine's clock changes nothing. Ticks in milliseconds, so that a time read back equals the one
 * written.
 */
final class DatabaseClock extends Clock {

  private static final Duration BETWEEN_READINGS = Duration.ofMinutes(1);
  private static final Duration BEFORE_ANOTHER_TRY = Duration.ofSeconds(5);

  private final DataSource dataSource;
  private final LongSupplier nanoTime;
  private volatile Reading reading;
  private volatile long readAgainAt;

  /** What time it was when the counter stood at {@code nanos}. */
  private record Reading(Instant time, long nanos) {}

  /**
   * @throws IllegalStateException if the database does not answer
   */
  DatabaseClock(DataSource dataSource, LongSupplier nanoTime) {
    this.dataSource = dataSource;
    this.nanoTime = nanoTime;
    try {
      this.reading = read();
    } catch (SQLException e) {
      throw new IllegalStateException("the database does not tell the time", e);
    }
    this.readAgainAt = nanoTime.getAsLong() + BETWEEN_READINGS.toNanos();
  }

  @Override
  public Instant instant() {
    if (nanoTime.getAsLong() - readAgainAt >= 0) {
      readAgain();
    }
    Reading last = reading;
    return last.time()
        .plusNanos(nanoTime.getAsLong() - last.nanos())
        .truncatedTo(ChronoUnit.MILLIS);
  }

  private synchronized void readAgain() {
    if (nanoTime.getAsLong() - readAgainAt < 0) {
      return; // another thread has
    }
    try {
      reading = read();
      readAgainAt = nanoTime.getAsLong() + BETWEEN_READINGS.toNanos();
    } catch (SQLException e) {
      // the old reading is good for long; whoever needs the database learns that it is gone
      readAgainAt = nanoTime.getAsLong() + BEFORE_ANOTHER_TRY.toNanos();
    }
  }

  /** The answer is taken to be of the middle of the time that it took. */
  private Reading read() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      long asked = nanoTime.getAsLong();
      try (ResultSet row = statement.executeQuery("select current_timestamp")) {
        row.next();
        Instant time = row.getObject(1, OffsetDateTime.class).toInstant();
        return new Reading(time, asked + (nanoTime.getAsLong() - asked) / 2);
      }
    }
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("the lab writes its times in UTC");
  }
}
