package io.fouriermasks.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.fouriermasks.store.AccessSecret;
import io.fouriermasks.store.Actor;
import io.fouriermasks.store.Role;
import io.fouriermasks.store.TestDatabase;
import io.fouriermasks.store.Users;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class VisitorsTest {

  @Test
  void who_was_shut_out_by_another_process_is_out_within_seconds() {
    try (TestDatabase database = new TestDatabase()) {
      Users users = new Users(database.jdbi, database.clock);
      AtomicLong nanos = new AtomicLong();
      Visitors visitors =
          new Visitors(
              new AccessSecret(true, "the first token", null), users, nanos::get, Runnable::run);
      Users.Issued anna = users.add("anna", Role.RESEARCHER, Actor.FIRST);
      Visitor known = new Visitor(new Actor("anna"), Role.RESEARCHER);
      assertThat(visitors.find(anna.token()))
          .isCompletedWithValueMatching(v -> v.get().equals(known));

      users.change(anna.user().id(), new Users.Change(null, true), Actor.FIRST);
      nanos.addAndGet(Duration.ofSeconds(4).toNanos());
      assertThat(visitors.find(anna.token())).isCompletedWithValueMatching(v -> v.isPresent());
      nanos.addAndGet(Duration.ofSeconds(2).toNanos());
      assertThat(visitors.find(anna.token())).isCompletedWithValueMatching(v -> v.isEmpty());
    }
  }

  @Test
  void a_change_made_here_counts_at_once() {
    try (TestDatabase database = new TestDatabase()) {
      Users users = new Users(database.jdbi, database.clock);
      Visitors visitors =
          new Visitors(
              new AccessSecret(true, "the first token", null), users, () -> 0, Runnable::run);
      Users.Issued anna = users.add("anna", Role.RESEARCHER, Actor.FIRST);
      visitors.find(anna.token()).join();
      users.change(anna.user().id(), new Users.Change(Role.VIEWER, null), Actor.FIRST);
      visitors.forget();
      assertThat(visitors.find(anna.token()))
          .isCompletedWithValueMatching(v -> v.get().role() == Role.VIEWER);
    }
  }

  @Test
  void the_first_token_opens_without_the_database() {
    TestDatabase database = new TestDatabase();
    Users users = new Users(database.jdbi, database.clock);
    Visitors visitors =
        new Visitors(
            new AccessSecret(true, "the first token", null), users, () -> 0, Runnable::run);
    database.close();
    assertThat(visitors.find("the first token"))
        .isCompletedWithValueMatching(v -> v.get().equals(Visitor.FIRST));
    assertThat(visitors.find("another token")).isCompletedExceptionally();
    assertThat(visitors.find(null)).isCompletedWithValueMatching(v -> v.isEmpty());
  }
}
