package io.fouriermasks.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.fouriermasks.store.AccessSecret;
import io.fouriermasks.store.Actor;
import io.fouriermasks.store.Role;
import io.fouriermasks.store.TestDatabase;
import io.fouriermasks.store.Users;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DoorTest {

  private static final int WRONG = 2;

  private final TestDatabase database = new TestDatabase();
  private final Users users = new Users(database.jdbi, database.clock);
  private final AtomicLong nanos = new AtomicLong();
  private final Visitors visitors =
      new Visitors(
          new AccessSecret(true, "the first token", null), users, nanos::get, Runnable::run);
  private final Door door =
      new Door(
          visitors,
          WRONG,
          new TimeMeter() {
            @Override
            public long currentTimeNanos() {
              return nanos.get();
            }

            @Override
            public boolean isWallClockBased() {
              return false;
            }
          });

  @AfterEach
  void close() {
    database.close();
  }

  private boolean isWrong(String address, String token) {
    return door.find(address, token).join().isEmpty();
  }

  private long secondsToWait(String address, String token) {
    CompletionException refusal =
        Assertions.catchThrowableOfType(
            CompletionException.class, () -> door.find(address, token).join());
    return ((TooManyRequestsException) refusal.getCause()).seconds();
  }

  @Test
  void each_address_has_its_own_guesses() {
    assertThat(isWrong("192.0.2.1", "a")).isTrue();
    assertThat(isWrong("192.0.2.1", "b")).isTrue();
    assertThat(secondsToWait("192.0.2.1", "c")).isEqualTo(30);
    assertThat(isWrong("192.0.2.2", "c")).isTrue();
    nanos.addAndGet(Duration.ofSeconds(29).toNanos());
    assertThat(secondsToWait("192.0.2.1", "c")).isEqualTo(1);
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(isWrong("192.0.2.1", "c")).isTrue();
  }

  @Test
  void addresses_that_one_machine_can_have_are_one() {
    assertThat(isWrong("2001:db8:1:2:0:0:0:1", "a")).isTrue();
    assertThat(isWrong("2001:db8:1:2:0:0:0:2", "b")).isTrue();
    assertThat(secondsToWait("2001:db8:1:2:ffff:0:0:3", "c")).isEqualTo(30);
    assertThat(isWrong("2001:db8:1:3:0:0:0:1", "c")).isTrue();
  }

  @Test
  void right_tokens_are_no_guesses_however_many_come() {
    for (int i = 0; i < 5 * WRONG; i++) {
      String token = users.add("user" + i, Role.VIEWER, Actor.FIRST).token();
      assertThat(door.find("192.0.2.1", token)).isCompletedWithValueMatching(v -> v.isPresent());
    }
    assertThat(door.find("192.0.2.1", "the first token"))
        .isCompletedWithValueMatching(v -> v.get().equals(Visitor.FIRST));
  }

  @Test
  void who_is_shut_out_guesses_with_the_token_that_they_had() {
    Users.Issued anna = users.add("anna", Role.VIEWER, Actor.FIRST);
    assertThat(isWrong("192.0.2.1", anna.token())).isFalse();
    users.change(anna.user().id(), new Users.Change(null, true), Actor.FIRST);
    visitors.forget();
    assertThat(isWrong("192.0.2.1", anna.token())).isTrue();
    isWrong("192.0.2.1", "a");
    isWrong("192.0.2.1", "b");
    assertThat(secondsToWait("192.0.2.1", anna.token())).isEqualTo(30);
  }

  @Test
  void a_database_that_does_not_answer_is_nobodys_guess() {
    database.close();
    for (int i = 0; i < 5 * WRONG; i++) {
      assertThat(door.find("192.0.2.1", "token" + i))
          .failsWithin(Duration.ZERO)
          .withThrowableThat()
          .havingRootCause()
          .isNotInstanceOf(TooManyRequestsException.class);
    }
  }
}
