package io.fouriermasks.store;

import static io.fouriermasks.store.Database.instant;
import static io.fouriermasks.store.Database.time;

import io.fouriermasks.store.AuditEntry.Action;
import io.fouriermasks.store.AuditLog.Deed;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** The pictures. One that is stored never changes. */
@Singleton
public class Images {

  private final Jdbi jdbi;
  private final Clock clock;

  public Images(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /** Stores a picture whose bytes do not count unless it is there. */
  public Image store(Image image, Actor by) {
    return store(image, 0, by);
  }

  /**
   * Stores a picture unless it is there; one that was deleted comes back.
   *
   * @param bytes of its files
   * @param by who hands it in; the audit log has it in the same transaction
   * @return what is stored: the same picture may be known under an earlier name
   */
  public Image store(Image image, long bytes, Actor by) {
    if (byIds(List.of(image.id())).containsKey(image.id())) {
      return again(image.id(), by);
    }
    try {
      jdbi.useTransaction(
          handle -> {
            handle
                .createUpdate(
                    "insert into image (id, name, width, height, picture, input, created_at,"
                        + " created_by, bytes) values (:id, :name, :width, :height, :picture,"
                        + " :input, :at, :by, :bytes)")
                .bind("by", image.createdBy())
                .bind("bytes", bytes)
                .bind("id", image.id())
                .bind("name", image.name())
                .bind("width", image.width())
                .bind("height", image.height())
                .bind("picture", image.picture())
                .bind("input", image.input())
                .bind("at", time(image.createdAt()))
                .execute();
            AuditLog.append(
                handle,
                clock,
                new Deed(by, Action.IMAGE_UPLOAD, "image " + image.id(), image.name()));
          });
      return image;
    } catch (UnableToExecuteStatementException e) {
      if (Database.isDuplicate(e)) {
        return again(image.id(), by);
      }
      throw e;
    }
  }

  private Image again(String id, Actor by) {
    return find(id).orElseGet(() -> new DeletedImages(jdbi, clock).restore(id, by, image -> {}));
  }

  /** The picture, unless it was deleted. */
  public Optional<Image> find(String id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from image where id = :id and deleted_at is null")
                .bind("id", id)
                .map(Images::image)
                .findOne());
  }

  /**
   * The picture, unless it was deleted.
   *
   * @throws UnknownIdException if there is none
   */
  public Image get(String id) {
    return find(id).orElseThrow(() -> new UnknownIdException("image", id));
  }

  /** Those of the pictures that a job may be started with. */
  public Set<String> known(Collection<String> ids) {
    if (ids.isEmpty()) {
      return Set.of();
    }
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select id from image where id in (<ids>) and deleted_at is null")
                .bindList("ids", List.copyOf(ids))
                .mapTo(String.class)
                .set());
  }

  /**
   * Those of the pictures that are stored, by id; also deleted ones, which a job may still name.
   */
  public Map<String, Image> byIds(Collection<String> ids) {
    Map<String, Image> found = new HashMap<>();
    if (!ids.isEmpty()) {
      jdbi.useHandle(
          handle ->
              handle
                  .createQuery("select * from image where id in (<ids>)")
                  .bindList("ids", List.copyOf(ids))
                  .map(Images::image)
                  .forEach(image -> found.put(image.id(), image)));
    }
    return found;
  }

  /** Pictures stored before the cursor, newest first. */
  public Page<Image> list(long before, int limit) {
    return jdbi.withHandle(
            handle ->
                Page.of(
                    handle
                        .createQuery(
                            "select * from image where seq < :before and deleted_at is null"
                                + " order by seq desc limit :limit")
                        .bind("before", before)
                        .bind("limit", limit + 1)
                        .map((row, context) -> Map.entry(row.getLong("seq"), image(row, context)))
                        .list(),
                    limit,
                    Map.Entry::getKey))
        .map(Map.Entry::getValue);
  }

  static Image image(ResultSet row, StatementContext context) throws SQLException {
    return new Image(
        row.getString("id"),
        row.getString("name"),
        row.getInt("width"),
        row.getInt("height"),
        row.getString("picture"),
        row.getString("input"),
        instant(row, "created_at"),
        row.getString("created_by"));
  }
}
