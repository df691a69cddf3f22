package io.fouriermasks.store;

import static io.fouriermasks.store.Database.instant;
import static io.fouriermasks.store.Database.time;

import io.fouriermasks.store.AuditEntry.Action;
import io.fouriermasks.store.AuditLog.Deed;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Deleting pictures. One that a job or a mask is about cannot be deleted. A deleted one is in no
 * list and starts no job; it can be restored until it is removed, also by uploading it again or by
 * restoring a job about it.
 */
@Singleton
public class DeletedImages {

  private static final int JOBS_TO_NAME = 20;

  /**
   * Ids of pictures are hexadecimal digits, so that nothing else in a specification is like one.
   */
  private static final String ABOUT_IT = "specification like '%\"' || :id || '\"%'";

  private final Jdbi jdbi;
  private final Clock clock;

  public DeletedImages(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /**
   * A deleted picture.
   *
   * @param at when it was deleted
   * @param by name of who did, or null
   */
  public record Deleted(Image image, Instant at, String by) {}

  /**
   * What is about a picture, and must be deleted before it.
   *
   * @param jobs the last of them, at most 20
   * @param masksWithoutJob how many masks that were read from files are about it
   */
  public record About(List<Long> jobs, long masksWithoutJob) {

    public About {
      jobs = List.copyOf(jobs);
    }

    public boolean isNothing() {
      return jobs.isEmpty() && masksWithoutJob == 0;
    }
  }

  /**
   * What is about a picture.
   *
   * @throws UnknownIdException if there is no such picture
   */
  public About about(String id) {
    return jdbi.withHandle(
        handle -> {
          existing(handle, id);
          return about(handle, id);
        });
  }

  private static About about(Handle handle, String id) {
    return new About(
        handle
            .createQuery(
                "select id from job where deleted_at is null and %s order by id desc limit :most"
                    .formatted(ABOUT_IT))
            .bind("id", id)
            .bind("most", JOBS_TO_NAME)
            .mapTo(long.class)
            .list(),
        handle
            .createQuery(
                "select count(*) from mask where image_id = :id and job_id is null"
                    + " and deleted_at is null")
            .bind("id", id)
            .mapTo(long.class)
            .one());
  }

  /**
   * Deletes a picture.
   *
   * @param mayBe fails if this one must not delete this picture
   * @throws UnknownIdException if there is no such picture
   * @throws InUseException if something is about it
   */
  public void delete(String id, Actor by, Consumer<Image> mayBe) {
    jdbi.useTransaction(
        handle -> {
          Image image = existing(handle, id);
          mayBe.accept(image);
          About about = about(handle, id);
          if (!about.isNothing()) {
            throw new InUseException(image, about);
          }
          mark(handle, List.of(id), clock.instant(), by.asMaker());
          AuditLog.append(handle, clock, new Deed(by, Action.IMAGE_DELETE, "image " + id));
        });
  }

  /**
   * Brings a deleted picture back.
   *
   * @param mayBe fails if this one must not restore this picture
   * @return the picture
   * @throws UnknownIdException if there is no such picture among the deleted ones
   */
  public Image restore(String id, Actor by, Consumer<Image> mayBe) {
    return jdbi.inTransaction(
        handle -> {
          Image image =
              find(handle, id, "is not null")
                  .orElseThrow(() -> new UnknownIdException("deleted image", id));
          mayBe.accept(image);
          mark(handle, List.of(id), null, null);
          AuditLog.append(handle, clock, new Deed(by, Action.IMAGE_RESTORE, "image " + id));
          return image;
        });
  }

  /** Brings those of the pictures back that are deleted. */
  static void restore(Handle handle, Collection<String> ids) {
    if (!ids.isEmpty()) {
      mark(handle, ids, null, null);
    }
  }

  private static void mark(Handle handle, Collection<String> ids, Instant at, String by) {
    handle
        .createUpdate("update image set deleted_at = :at, deleted_by = :by where id in (<ids>)")
        .bind("at", time(at))
        .bind("by", by)
        .bindList("ids", List.copyOf(ids))
        .execute();
  }

  private static Image existing(Handle handle, String id) {
    return find(handle, id, "is null").orElseThrow(() -> new UnknownIdException("image", id));
  }

  private static Optional<Image> find(Handle handle, String id, String deleted) {
    return handle
        .createQuery("select * from image where id = :id and deleted_at %s".formatted(deleted))
        .bind("id", id)
        .map(Images::image)
        .findOne();
  }

  /** Those that can still be restored, the last deleted first, at most so many. */
  public List<Deleted> list(int most) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select * from image where deleted_at is not null"
                        + " order by deleted_at desc, seq desc limit :most")
                .bind("most", most)
                .map(
                    (row, context) ->
                        new Deleted(
                            Images.image(row, context),
                            instant(row, "deleted_at"),
                            row.getString("deleted_by")))
                .list());
  }

  /** Those that were deleted before a time, oldest first. */
  public List<String> before(Instant deletedBefore) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select id from image where deleted_at < :before order by seq")
                .bind("before", time(deletedBefore))
                .mapTo(String.class)
                .list());
  }

  /**
   * Removes the row of a picture that was deleted before a time, for good; nothing if it was
   * restored, or if a job about it was started or deleted meanwhile and can be restored.
   *
   * @return the artefacts that it named; others may name them too. Empty if nothing was removed
   */
  public Optional<Set<String>> remove(String id, Instant deletedBefore) {
    return jdbi.inTransaction(
        handle -> {
          Optional<Image> old =
              handle
                  .createQuery(
                      "select * from image where id = :id and deleted_at < :before"
                          + " and not exists (select 1 from mask where image_id = :id)"
                          + " and not exists (select 1 from job where %s) for update"
                              .formatted(ABOUT_IT))
                  .bind("id", id)
                  .bind("before", time(deletedBefore))
                  .map(Images::image)
                  .findOne();
          old.ifPresent(
              image -> {
                handle.execute("delete from prediction where image_id = ?", id);
                handle.execute("delete from image where id = ?", id);
              });
          return old.map(image -> Set.of(image.picture(), image.input()));
        });
  }
}
