package io.fouriermasks.store;

import static io.fouriermasks.store.Database.instant;
import static io.fouriermasks.store.Database.time;

import io.fouriermasks.store.AuditEntry.Action;
import io.fouriermasks.store.AuditLog.Deed;
import io.fouriermasks.store.FileUses.Use;
import io.fouriermasks.store.UserStorage.Kind;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Deleting what lies in files of the data folder: models and datasets. A deleted one is in no list
 * and starts no job; its files stay where they are until it is given up, and until then it can be
 * restored. Where machines have copies, what was given up is remembered, so that none of them
 * brings it back, until another one of its name is made.
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
   * @param fingerprint of weights, or null
   */
  public record Thing(Kind kind, String id, String name, String place, String fingerprint) {}

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

  /** Ids of what is deleted, or given up and remembered. */
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
                      "insert into deletion (kind, id, name, place, fingerprint, deleted_at,"
                          + " deleted_by) values (:kind, :id, :name, :place, :fingerprint, :at, :by)"),
                  thing.kind(),
                  thing.id())
              .bind("name", thing.name())
              .bind("place", thing.place())
              .bind("fingerprint", thing.fingerprint())
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

  /** Brings something back if it is deleted and not given up. */
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

  /** Another one of this name is made: what was given up has nothing to do with it. */
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

  private static Thing thing(Kind kind, String id, ResultSet row) throws SQLException {
    return new Thing(
        kind, id, row.getString("name"), row.getString("place"), row.getString("fingerprint"));
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

  /** How many things were given up, and the bytes of their files. */
  public record GivenUp(int things, long bytes) {}

  /**
   * Gives up what was deleted before a time, for good. What something uses that was started or
   * deleted meanwhile, and can be restored, is kept.
   *
   * @param remove removes files and gives their bytes; empty if they are another machine's to
   *     remove, and then it is kept
   * @param areCopied whether other machines have copies
   */
  public GivenUp giveUp(
      Kind kind, Instant deletedBefore, Function<Thing, OptionalLong> remove, boolean areCopied) {
    int things = 0;
    long bytes = 0;
    for (String id : old(kind, deletedBefore)) {
      OptionalLong removed =
          jdbi.inTransaction(handle -> giveUp(handle, kind, id, deletedBefore, remove, areCopied));
      things += removed.isPresent() ? 1 : 0;
      bytes += removed.orElse(0);
    }
    return new GivenUp(things, bytes);
  }

  private List<String> old(Kind kind, Instant deletedBefore) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select id from deletion where kind = :kind and not removed"
                        + " and deleted_at < :before order by id")
                .bind("kind", kind.name())
                .bind("before", time(deletedBefore))
                .mapTo(String.class)
                .list());
  }

  private static OptionalLong giveUp(
      Handle handle,
      Kind kind,
      String id,
      Instant deletedBefore,
      Function<Thing, OptionalLong> remove,
      boolean areCopied) {
    Optional<Thing> old =
        keyed(
                handle.createQuery(
                    "select * from deletion where kind = :kind and id = :id and not removed"
                        + " and deleted_at < :before for update"),
                kind,
                id)
            .bind("before", time(deletedBefore))
            .map((row, context) -> thing(kind, id, row))
            .findOne();
    if (old.isEmpty() || FileUses.isNamed(handle, kind, id)) {
      return OptionalLong.empty();
    }
    if (kind == Kind.MODEL) {
      handle.execute("delete from prediction where model_id = ?", id);
      handle.execute("delete from model where id = ?", id);
    }
    // last, and undone if it fails: where the files are not, the rows are not
    OptionalLong bytes = remove.apply(old.get());
    if (bytes.isPresent()) {
      for (String sql :
          List.of(
              areCopied
                  ? "update deletion set removed = true where kind = :kind and id = :id"
                  : "delete from deletion where kind = :kind and id = :id",
              "delete from belonging where kind = :kind and id = :id")) {
        keyed(handle.createUpdate(sql), kind, id).execute();
      }
    }
    return bytes;
  }

  /** What was given up and is remembered. */
  public List<Thing> remembered(Kind kind) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from deletion where kind = :kind and removed order by id")
                .bind("kind", kind.name())
                .map((row, context) -> thing(kind, row.getString("id"), row))
                .list());
  }
}
