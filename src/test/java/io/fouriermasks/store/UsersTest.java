package io.fouriermasks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.fouriermasks.store.AuditEntry.Action;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsersTest {

  private static final Actor ADMIN = Actor.FIRST;

  @ParameterizedTest
  @EnumSource
  void a_token_opens_until_another_one_is_drawn(TestDatabase.Product product) {
    try (TestDatabase database = product.open()) {
      Users users = new Users(database.jdbi, database.clock);
      Users.Issued anna = users.add("anna", Role.RESEARCHER, ADMIN);
      assertThat(anna.token()).hasSizeGreaterThanOrEqualTo(32);
      assertThat(users.admitted(anna.token())).map(User::name).contains("anna");
      assertThat(users.admitted(anna.token() + "x")).isEmpty();
      assertThat(database.jdbi.withHandle(this::everything)).doesNotContain(anna.token());

      Users.Issued again = users.renew(anna.user().id(), ADMIN);
      assertThat(users.admitted(anna.token())).isEmpty();
      assertThat(users.admitted(again.token())).map(User::id).contains(anna.user().id());
    }
  }

  private String everything(Handle handle) {
    return handle.createQuery("select * from lab_user").mapToMap().list().toString();
  }

  @ParameterizedTest
  @EnumSource
  void who_is_shut_out_comes_in_again_with_the_same_token(TestDatabase.Product product) {
    try (TestDatabase database = product.open()) {
      Users users = new Users(database.jdbi, database.clock);
      Users.Issued anna = users.add("anna", Role.VIEWER, ADMIN);
      long id = anna.user().id();
      assertThat(users.change(id, new Users.Change(null, true), ADMIN).disabledAt())
          .isEqualTo(database.clock.instant());
      assertThat(users.admitted(anna.token())).isEmpty();
      assertThat(users.change(id, new Users.Change(Role.ADMIN, false), ADMIN).disabledAt())
          .isNull();
      assertThat(users.admitted(anna.token())).map(User::role).contains(Role.ADMIN);
    }
  }

  @ParameterizedTest
  @EnumSource
  void when_somebody_was_here_is_kept_to_the_minute(TestDatabase.Product product) {
    try (TestDatabase database = product.open()) {
      Users users = new Users(database.jdbi, database.clock);
      String token = users.add("anna", Role.VIEWER, ADMIN).token();
      assertThat(users.list().get(0).seenAt()).isNull();
      users.admitted(token);
      assertThat(users.list().get(0).seenAt()).isEqualTo(TestDatabase.START);
      database.clock.advance(Duration.ofSeconds(59));
      users.admitted(token);
      assertThat(users.list().get(0).seenAt()).isEqualTo(TestDatabase.START);
      database.clock.advance(Duration.ofSeconds(2));
      users.admitted(token);
      assertThat(users.list().get(0).seenAt()).isEqualTo(database.clock.instant());
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_name_is_given_once(TestDatabase.Product product) {
    try (TestDatabase database = product.open()) {
      Users users = new Users(database.jdbi, database.clock);
      users.add("anna", Role.VIEWER, ADMIN);
      assertThatThrownBy(() -> users.add("anna", Role.ADMIN, ADMIN))
          .isInstanceOf(NameTakenException.class)
          .hasMessageContaining("anna");
      assertThat(users.list()).map(User::role).containsExactly(Role.VIEWER);
      assertThat(audit(database)).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin", "lab", "local", "stranger"})
  void nobody_is_called_as_the_program_calls_others(String name) {
    try (TestDatabase database = new TestDatabase()) {
      Users users = new Users(database.jdbi, database.clock);
      assertThatThrownBy(() -> users.add(name, Role.VIEWER, ADMIN))
          .isInstanceOf(NameTakenException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_is_done_to_users_is_in_the_audit_log(TestDatabase.Product product) {
    try (TestDatabase database = product.open()) {
      Users users = new Users(database.jdbi, database.clock);
      long id = users.add("anna", Role.VIEWER, ADMIN).user().id();
      database.clock.advance(Duration.ofSeconds(1));
      users.change(id, new Users.Change(Role.RESEARCHER, true), new Actor("berta"));
      users.change(id, new Users.Change(Role.RESEARCHER, true), ADMIN); // as it is already
      users.renew(id, ADMIN);

      assertThat(audit(database))
          .extracting(AuditEntry::actor, AuditEntry::action, AuditEntry::detail)
          .containsExactly(
              tuple("admin", Action.USER_TOKEN, null),
              tuple("berta", Action.USER_CHANGE, "disabled"),
              tuple("berta", Action.USER_CHANGE, "researcher, was viewer"),
              tuple("admin", Action.USER_ADD, "as viewer"));
      assertThat(audit(database)).allMatch(entry -> entry.subject().equals("user anna"));
      assertThat(audit(database).get(1).at()).isEqualTo(database.clock.instant());
    }
  }

  private static List<AuditEntry> audit(TestDatabase database) {
    return new AuditLog(database.jdbi, database.clock)
        .list(AuditLog.Filter.ALL, Page.START, 100)
        .items();
  }
}
