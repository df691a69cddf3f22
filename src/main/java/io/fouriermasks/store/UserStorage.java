package io.fouriermasks.store;

import io.quarkus.runtime.configuration.MemorySize;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * How many bytes of the lab are each user's: of photographs, of what their jobs made (deleted ones
 * too, until they are removed), of models and of datasets. What two have made alike counts for
 * both, though it is kept once; a photograph that was there already is the first one's.
 */
@Singleton
public class UserStorage {

  /** All bytes, with whose they are. */
  private static final String ALL =
      "(select created_by, bytes from image union all select created_by, bytes from job"
          + " union all select created_by, bytes from belonging)";

  private static final double MEGABYTE = 1e6;
  private static final double GIGABYTE = 1e9;

  private final Jdbi jdbi;
  private final Optional<Long> most;

  @Inject
  public UserStorage(Jdbi jdbi, LabConfig config) {
    this(jdbi, config.perUser().maxStoragePerUser().map(MemorySize::asLongValue));
  }

  /**
   * @param most bytes that one may keep; none, or 0, is any number
   */
  UserStorage(Jdbi jdbi, Optional<Long> most) {
    this.jdbi = jdbi;
    this.most = most.filter(bytes -> bytes > 0);
  }

  /** What has no row of its own that says whose it is. */
  public enum Kind {
    MODEL,
    DATASET
  }

  /** How many bytes one may keep, if there is a limit. */
  public Optional<Long> most() {
    return most;
  }

  /** The bytes of somebody; none where all are one. */
  public long of(Actor maker) {
    if (maker.asMaker() == null) {
      return 0;
    }
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select coalesce(sum(bytes), 0) from %s as kept where created_by = :maker"
                        .formatted(ALL))
                .bind("maker", maker.name())
                .mapTo(long.class)
                .one());
  }

  /** The bytes of each who has some, by their names. */
  public Map<String, Long> byMaker() {
    Map<String, Long> bytes = new HashMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(
                    "select created_by, sum(bytes) as bytes from %s as kept".formatted(ALL)
                        + " where created_by is not null group by created_by")
                .map((row, context) -> Map.entry(row.getString("created_by"), row.getLong("bytes")))
                .forEach(entry -> bytes.put(entry.getKey(), entry.getValue())));
    return bytes;
  }

  /**
   * Refuses what somebody has no space for. Two things at once may both find it: what a job makes
   * is not known before either, and is kept.
   *
   * @param more bytes that are to be kept
   * @throws StorageFullException if they would have more than one may
   */
  public void require(Actor by, long more) {
    if (most.isEmpty() || by.asMaker() == null) {
      return;
    }
    long now = of(by);
    if (now + more > most.get()) {
      throw new StorageFullException(
          ("You may keep %s in this lab and have %s, of photographs, of what your jobs made, of"
                  + " models and datasets. Delete what you do not need, or ask an administrator"
                  + " of the lab for more.")
              .formatted(text(most.get()), text(now)));
    }
  }

  /** Notes whose something is, and how large. */
  public void keep(Kind kind, String id, String maker, long bytes) {
    if (maker == null) {
      return;
    }
    jdbi.useTransaction(
        handle -> {
          Map<String, Object> key = Map.of("kind", kind.name(), "id", id);
          // what had this name before is gone
          handle
              .createUpdate("delete from belonging where kind = :kind and id = :id")
              .bindMap(key)
              .execute();
          handle
              .createUpdate(
                  "insert into belonging (kind, id, created_by, bytes)"
                      + " values (:kind, :id, :maker, :bytes)")
              .bindMap(key)
              .bind("maker", maker)
              .bind("bytes", bytes)
              .execute();
        });
  }

  /** Notes that files of a job are not kept any more. */
  public void removed(long job, long bytes) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate("update job set bytes = greatest(bytes - :bytes, 0) where id = :job")
                .bind("bytes", bytes)
                .bind("job", job)
                .execute());
  }

  private static String text(long bytes) {
    return bytes < GIGABYTE
        ? String.format(Locale.ROOT, "%.1f MB", bytes / MEGABYTE)
        : String.format(Locale.ROOT, "%.1f GB", bytes / GIGABYTE);
  }
}
