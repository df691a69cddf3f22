package io.fouriermasks.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** The clock of a machine does not matter, only its counter does. */
class DatabaseClockTest {

  private final AtomicLong nanos = new AtomicLong();

  @Test
  void between_two_readings_the_time_goes_on_by_the_counter() throws Exception {
    try (Connection open = DriverManager.getConnection("jdbc:h2:mem:clock")) {
      DatabaseClock clock = new DatabaseClock(database(), nanos::get);
      Instant first = clock.instant();
      assertThat(Duration.between(first, Instant.now()).abs()).isLessThan(Duration.ofMinutes(1));
      nanos.addAndGet(Duration.ofMillis(1500).toNanos());
      assertThat(clock.instant()).isEqualTo(first.plusMillis(1500));
      Instant now = clock.instant();
      assertThat(now).as("in milliseconds").isEqualTo(now.truncatedTo(ChronoUnit.MILLIS));
    }
  }

  @Test
  void after_a_minute_the_database_is_asked_again() throws Exception {
    try (Connection open = DriverManager.getConnection("jdbc:h2:mem:clock")) {
      DatabaseClock clock = new DatabaseClock(database(), nanos::get);
      nanos.addAndGet(Duration.ofHours(1).toNanos()); // the counter is an hour ahead
      assertThat(Duration.between(clock.instant(), Instant.now()).abs())
          .isLessThan(Duration.ofMinutes(1));
    }
  }

  private static DataSource database() {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:mem:clock");
    return source;
  }
}
