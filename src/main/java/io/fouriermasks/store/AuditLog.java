package io.fouriermasks.store;

import static io.fouriermasks.store.Database.instant;
import static io.fouriermasks.store.Database.time;

import io.fouriermasks.store.AuditEntry.Action;
import io.fouriermasks.store.AuditEntry.Outcome;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Who did what. Entries are only ever added. */
@Singleton
public class AuditLog {

  private static final int MAX_SUBJECT = 400;
  private static final int MAX_DETAIL = 1000;

  private final Jdbi jdbi;
  private final Clock clock;

  public AuditLog(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /**
   * Something done, to be written in the transaction that does it.
   *
   * @param subject what it is done to, or null
   * @param detail more about it, or null
   */
  public record Deed(Actor actor, Action action, String subject, String detail) {

    public Deed(Actor actor, Action action, String subject) {
      this(actor, action, subject, null);
    }
  }

  /** Writes what was done outside of the database, such as a folder that was put there. */
  public void done(Deed deed) {
    jdbi.useHandle(handle -> append(handle, clock, deed));
  }

  /** Writes what somebody was not let do. */
  public void refused(Deed deed) {
    jdbi.useHandle(handle -> append(handle, clock, deed, Outcome.REFUSED));
  }

  static void append(Handle handle, Clock clock, Deed deed) {
    append(handle, clock, deed, Outcome.DONE);
  }

  private static void append(Handle handle, Clock clock, Deed deed, Outcome outcome) {
    if (deed.actor().equals(Actor.LAB)) {
      return; // nobody's deed: the program's own doings are in its log
    }
    handle
        .createUpdate(
            "insert into audit (at, actor, action, subject, outcome, detail)"
                + " values (:at, :actor, :action, :subject, :outcome, :detail)")
        .bind("at", time(clock.instant()))
        .bind("actor", deed.actor().name())
        .bind("action", deed.action().name())
        .bind("subject", shortened(deed.subject(), MAX_SUBJECT))
        .bind("outcome", outcome.name())
        .bind("detail", shortened(deed.detail(), MAX_DETAIL))
        .execute();
  }

  private static String shortened(String text, int most) {
    return text == null || text.length() <= most ? text : text.substring(0, most);
  }

  /** Which entries are wanted; a null is any. */
  public record Filter(String actor, Action action) {
    public static final Filter ALL = new Filter(null, null);
  }

  /** Entries with smaller numbers than {@code before}, newest first. */
  public Page<AuditEntry> list(Filter filter, long before, int limit) {
    Map<String, Object> wanted = new LinkedHashMap<>();
    StringBuilder where = new StringBuilder("id < :before");
    if (filter.actor() != null) {
      where.append(" and actor = :actor");
      wanted.put("actor", filter.actor());
    }
    if (filter.action() != null) {
      where.append(" and action = :action");
      wanted.put("action", filter.action().name());
    }
    return jdbi.withHandle(
        handle ->
            Page.of(
                handle
                    .createQuery(
                        "select * from audit where " + where + " order by id desc limit :limit")
                    .bind("before", before)
                    .bind("limit", limit + 1)
                    .bindMap(wanted)
                    .map(
                        (row, context) ->
                            new AuditEntry(
                                row.getLong("id"),
                                instant(row, "at"),
                                row.getString("actor"),
                                Action.valueOf(row.getString("action")),
                                row.getString("subject"),
                                Outcome.valueOf(row.getString("outcome")),
                                row.getString("detail")))
                    .list(),
                limit,
                AuditEntry::id));
  }
}
