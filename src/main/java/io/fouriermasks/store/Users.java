package io.fouriermasks.store;

import static io.fouriermasks.store.Database.instant;
import static io.fouriermasks.store.Database.time;

import io.fouriermasks.store.AuditEntry.Action;
import io.fouriermasks.store.AuditLog.Deed;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** Those who have tokens of their own. What is done to them is written in the audit log. */
@Singleton
public class Users {

  /** A time that nobody needs to the second, and that would cost a write a request. */
  private static final Duration SEEN_WITHIN = Duration.ofMinutes(1);

  private static final Set<String> RESERVED =
      Set.of(Actor.LAB.name(), Actor.LOCAL.name(), Actor.FIRST.name(), Actor.STRANGER.name());

  private final Jdbi jdbi;
  private final Clock clock;

  public Users(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /**
   * A user and the token that was just drawn for them: it cannot be had again.
   *
   * @param token what opens the lab for them
   */
  public record Issued(User user, String token) {}

  /**
   * Adds a user.
   *
   * @throws NameTakenException if there is one of this name, or the program itself has it
   */
  public Issued add(String name, Role role, Actor by) {
    if (RESERVED.contains(name)) {
      throw new NameTakenException("The name '%s' means somebody else here.".formatted(name));
    }
    String token = AccessToken.draw();
    Instant now = clock.instant();
    try {
      return jdbi.inTransaction(
          handle -> {
            long id =
                handle
                    .createUpdate(
                        "insert into lab_user (name, role, token, created_at)"
                            + " values (:name, :role, :token, :now)")
                    .bind("name", name)
                    .bind("role", role.name())
                    .bind("token", hash(token))
                    .bind("now", time(now))
                    .executeAndReturnGeneratedKeys("id")
                    .mapTo(long.class)
                    .one();
            log(handle, by, Action.USER_ADD, name, "as " + role.label());
            return new Issued(new User(id, name, role, now, null, null), token);
          });
    } catch (UnableToExecuteStatementException e) {
      if (Database.isDuplicate(e)) {
        throw new NameTakenException("There is a user '%s' already.".formatted(name));
      }
      throw e;
    }
  }

  /**
   * What is to be otherwise with a user.
   *
   * @param role the new one, or null if it stays
   * @param isDisabled whether they are shut out, or null if that stays
   */
  public record Change(Role role, Boolean isDisabled) {}

  /**
   * Gives a user another role, shuts them out, or lets them in again with the token that they have.
   *
   * @throws UnknownIdException if there is no such user
   */
  public User change(long id, Change change, Actor by) {
    return jdbi.inTransaction(
        handle -> {
          User user = locked(handle, id);
          if (change.role() != null && change.role() != user.role()) {
            set(handle, id, "role", change.role().name());
            String detail = "%s, was %s".formatted(change.role().label(), user.role().label());
            log(handle, by, Action.USER_CHANGE, user.name(), detail);
          }
          boolean wasDisabled = user.disabledAt() != null;
          if (change.isDisabled() != null && change.isDisabled() != wasDisabled) {
            set(handle, id, "disabled_at", wasDisabled ? null : time(clock.instant()));
            log(
                handle,
                by,
                Action.USER_CHANGE,
                user.name(),
                wasDisabled ? "enabled again" : "disabled");
          }
          return locked(handle, id);
        });
  }

  private static void set(Handle handle, long id, String column, Object value) {
    handle
        .createUpdate("update lab_user set %s = :value where id = :id".formatted(column))
        .bind("value", value)
        .bind("id", id)
        .execute();
  }

  /**
   * Draws another token for a user; the one before opens nothing any more.
   *
   * @throws UnknownIdException if there is no such user
   */
  public Issued renew(long id, Actor by) {
    String token = AccessToken.draw();
    return jdbi.inTransaction(
        handle -> {
          User user = locked(handle, id);
          set(handle, id, "token", hash(token));
          log(handle, by, Action.USER_TOKEN, user.name(), null);
          return new Issued(user, token);
        });
  }

  /** Who has this token and is not shut out; notes that they were here. */
  public Optional<User> admitted(String token) {
    Optional<User> found =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select * from lab_user where token = :token and disabled_at is null")
                    .bind("token", hash(token))
                    .map(Users::user)
                    .findOne());
    found.ifPresent(this::seen);
    return found;
  }

  private void seen(User user) {
    Instant now = clock.instant();
    if (user.seenAt() == null || user.seenAt().isBefore(now.minus(SEEN_WITHIN))) {
      jdbi.useHandle(
          handle ->
              handle
                  .createUpdate("update lab_user set seen_at = :now where id = :id")
                  .bind("now", time(now))
                  .bind("id", user.id())
                  .execute());
    }
  }

  /** All of them, by name. */
  public List<User> list() {
    return jdbi.withHandle(
        handle ->
            handle.createQuery("select * from lab_user order by name").map(Users::user).list());
  }

  private static User locked(Handle handle, long id) {
    return handle
        .createQuery("select * from lab_user where id = :id for update")
        .bind("id", id)
        .map(Users::user)
        .findOne()
        .orElseThrow(() -> new UnknownIdException("user", id));
  }

  private void log(Handle handle, Actor by, Action action, String name, String detail) {
    AuditLog.append(handle, clock, new Deed(by, action, "user " + name, detail));
  }

  private static String hash(String token) {
    return HexFormat.of().formatHex(AccessToken.sha256(token));
  }

  private static User user(ResultSet row, StatementContext context) throws SQLException {
    return new User(
        row.getLong("id"),
        row.getString("name"),
        Role.valueOf(row.getString("role")),
        instant(row, "created_at"),
        instant(row, "seen_at"),
        instant(row, "disabled_at"));
  }
}
