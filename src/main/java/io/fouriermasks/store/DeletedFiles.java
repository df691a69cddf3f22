package io.fouriermasks.store;

import static io.fouriermasks.store.Database.instant;
import static io.fouriermasks.store.Database.time;

import io.fouriermasks.store.AuditEntry.Action;
import io.fouriermasks.store.AuditLog.Deed;
import io.fouriermasks.store.FileUses.Use;
import io.fouriermasks.store.UserStorage.Kind;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Deleting what lies in files of the data folder: models and datasets. A deleted one is in no list
 * and starts no job; its files stay where they are until it is removed, and until then it can be
 * restored. What was removed is remembered, so that copies on other machines go too, until another
 * one of its name is made.
 */
@Singleton
public class DeletedFiles {

  private final Jdbi jdbi;
  private final Clock clock;

  public DeletedFiles(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /**
   * Something that lies in files.
   *
   * @param name for people
   * @param place of its file or folder, below the data folder, with slashes
   */
  public record Thing(Kind kind, String id, String name, String place) {}

  /**
   * Something deleted.
   *
   * @param at when it was deleted
   * @param by name of who did, or null
   * @param createdBy name of who brought it or had it trained, or null
   */
  public record Deleted(Thing thing, Instant at, String by, String createdBy) {}

  /** Name of who brought something or had it trained, if it is known. */
  public Optional<String> maker(Kind kind, String id) {
    return jdbi.withHandle(handle -> maker(handle, kind, id));
  }

  /** What uses something. */
  public Use use(Kind kind, String id) {
    return jdbi.withHandle(handle -> FileUses.of(handle, kind, id));
  }

  /** Ids of what is deleted, or also removed. */
  public Set<String> ids(Kind kind) {
    return jdbi.withHandle(
        handle ->
            new HashSet<>(
                handle
                    .createQuery("select id from deletion where kind = :kind")
                    .bind("kind", kind.name())
                    .mapTo(String.class)
                    .list()));
  }

  /** Whether something is deleted and can be restored. */
  public boolean isRestorable(Kind kind, String id) {
    return jdbi.withHandle(handle -> find(handle, kind, id).isPresent());
  }

  /**
   * Deletes something.
   *
   * @param mayBe is given its maker's name, or null, and fails if this one must not delete it
   * @throws UnknownIdException if it is deleted already
   * @throws InUseException if something uses it
   */
  public void delete(Thing thing, Actor by, Consumer<String> mayBe) {
    jdbi.useTransaction(
        handle -> {
          if (find(handle, thing.kind(), thing.id()).isPresent()) {
            throw new UnknownIdException(noun(thing.kind()), thing.id());
          }
          mayBe.accept(maker(handle, thing.kind(), thing.id()).orElse(null));
          Use use = FileUses.of(handle, thing.kind(), thing.id());
          if (!use.isNothing()) {
            throw new InUseException(thing, use);
          }
          forget(handle, thing.kind(), thing.id());
          keyed(
                  handle.createUpdate(
                      "insert into deletion (kind, id, name, place, deleted_at, deleted_by)"
                          + " values (:kind, :id, :name, :place, :at, :by)"),
                  thing.kind(),
                  thing.id())
              .bind("name", thing.name())
              .bind("place", thing.place())
              .bind("at", time(clock.instant()))
              .bind("by", by.asMaker())
              .execute();
          makeAvailable(handle, thing.kind(), thing.id(), false);
          AuditLog.append(
              handle,
              clock,
              new Deed(
                  by,
                  thing.kind() == Kind.MODEL ? Action.MODEL_DELETE : Action.DATASET_DELETE,
                  noun(thing.kind()) + " " + thing.id()));
        });
  }

  /**
   * Brings something back.
   *
   * @param mayBe is given its maker's name, or null, and fails if this one must not restore it
   * @throws UnknownIdException if it is not among what was deleted and is still there
   */
  public void restore(Kind kind, String id, Actor by, Consumer<String> mayBe) {
    jdbi.useTransaction(
        handle -> {
          if (find(handle, kind, id).isEmpty()) {
            throw new UnknownIdException("deleted " + noun(kind), id);
          }
          mayBe.accept(maker(handle, kind, id).orElse(null));
          restore(handle, kind, id);
          AuditLog.append(
              handle,
              clock,
              new Deed(
                  by,
                  kind == Kind.MODEL ? Action.MODEL_RESTORE : Action.DATASET_RESTORE,
                  noun(kind) + " " + id));
        });
  }

  /** Brings something back if it is deleted and not removed. */
  static void restore(Handle handle, Kind kind, String id) {
    if (find(handle, kind, id).isPresent()) {
      forget(handle, kind, id);
      makeAvailable(handle, kind, id, true);
    }
  }

  private static void makeAvailable(Handle handle, Kind kind, String id, boolean available) {
    if (kind == Kind.MODEL) {
      handle
          .createUpdate("update model set available = :available where id = :id")
          .bind("available", available)
          .bind("id", id)
          .execute();
    }
  }

  /** Another one of this name is made: what was removed has nothing to do with it. */
  public void forget(Kind kind, String id) {
    jdbi.useTransaction(handle -> forget(handle, kind, id));
  }

  private static void forget(Handle handle, Kind kind, String id) {
    keyed(handle.createUpdate("delete from deletion where kind = :kind and id = :id"), kind, id)
        .execute();
  }

  private static Optional<Thing> find(Handle handle, Kind kind, String id) {
    return keyed(
            handle.createQuery(
                "select * from deletion where kind = :kind and id = :id and not removed"),
            kind,
            id)
        .map((row, context) -> thing(kind, row.getString("id"), row))
        .findOne();
  }

  private static Thing thing(Kind kind, String id, java.sql.ResultSet row)
      throws java.sql.SQLException {
    return new Thing(kind, id, row.getString("name"), row.getString("place"));
  }

  private static Optional<String> maker(Handle handle, Kind kind, String id) {
    return keyed(
            handle.createQuery("select created_by from belonging where kind = :kind and id = :id"),
            kind,
            id)
        .mapTo(String.class)
        .findOne();
  }

  private static <S extends SqlStatement<S>> S keyed(S statement, Kind kind, String id) {
    return statement.bindMap(Map.of("kind", kind.name(), "id", id));
  }

  private static String noun(Kind kind) {
    return kind == Kind.MODEL ? "model" : "dataset";
  }

  /** Those that can still be restored, the last deleted first, at most so many. */
  public List<Deleted> list(Kind kind, int most) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select deletion.*, belonging.created_by from deletion left join belonging"
                        + " on belonging.kind = deletion.kind and belonging.id = deletion.id"
                        + " where deletion.kind = :kind and not removed"
                        + " order by deleted_at desc, deletion.id limit :most")
                .bind("kind", kind.name())
                .bind("most", most)
                .map(
                    (row, context) ->
                        new Deleted(
                            thing(kind, row.getString("id"), row),
                            instant(row, "deleted_at"),
                            row.getString("deleted_by"),
                            row.getString("created_by")))
                .list());
  }

  /**
   * Gives up what was deleted before a time, for good. What something uses that was started or
   * deleted meanwhile, and can be restored, is kept.
   *
   * @return how many were given up; their files are still there
   */
  public int giveUp(Instant deletedBefore) {
    return jdbi.inTransaction(
        handle -> {
          int given = 0;
          for (Kind kind : Kind.values()) {
            List<String> old =
                handle
                    .createQuery(
                        "select id from deletion where kind = :kind and not removed"
                            + " and deleted_at < :before order by id for update")
                    .bind("kind", kind.name())
                    .bind("before", time(deletedBefore))
                    .mapTo(String.class)
                    .list();
            for (String id : old) {
              if (!FileUses.isNamed(handle, kind, id)) {
                giveUp(handle, kind, id);
                given++;
              }
            }
          }
          return given;
        });
  }

  private static void giveUp(Handle handle, Kind kind, String id) {
    if (kind == Kind.MODEL) {
      handle.execute("delete from prediction where model_id = ?", id);
      handle.execute("delete from model where id = ?", id);
    }
    for (String sql :
        List.of(
            "update deletion set removed = true where kind = :kind and id = :id",
            "delete from belonging where kind = :kind and id = :id")) {
      keyed(handle.createUpdate(sql), kind, id).execute();
    }
  }

  /** Places of what was removed and nobody has made anew. */
  public Set<String> removedPlaces() {
    return jdbi.withHandle(
        handle ->
            new HashSet<>(
                handle
                    .createQuery("select place from deletion where removed")
                    .mapTo(String.class)
                    .list()));
  }

  /**
   * Removes files of what was given up, on this machine. Nobody can make another one of a name
   * while its files are being removed.
   *
   * @param remove removes what is there, and gives the bytes that it had
   * @return the bytes of all
   */
  public long removeFiles(ToLongFunction<Thing> remove) {
    long bytes = 0;
    for (Kind kind : Kind.values()) {
      for (String id : ids(kind)) {
        bytes +=
            jdbi.inTransaction(
                handle ->
                    keyed(
                            handle.createQuery(
                                "select * from deletion where kind = :kind and id = :id"
                                    + " and removed for update"),
                            kind,
                            id)
                        .map((row, context) -> thing(kind, row.getString("id"), row))
                        .findOne()
                        .map(remove::applyAsLong)
                        .orElse(0L));
      }
    }
    return bytes;
  }
}
