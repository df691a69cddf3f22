package io.fouriermasks.store;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** The trained masks. One that is stored never changes. */
@Singleton
public class Masks {

  private final Jdbi jdbi;
  private final Clock clock;

  public Masks(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /** Which masks are wanted; a null is any. */
  public record Filter(Long job, String image, String model, Mask.Kind kind) {
    public static final Filter ALL = new Filter(null, null, null, null);
  }

  /**
   * A final mask that a job has made.
   *
   * @param index of its image or class in the job's specification, or null if there is only one
   *     mask
   * @param image id of its image, or null if it was learned over many
   * @param variant {@link Mask#ATTACKED} or null
   * @param model id of its network
   * @param files durable already
   */
  public record Made(
      Integer index,
      String image,
      String variant,
      String model,
      Mask.Result result,
      Mask.Files files) {}

  /**
   * Stores a final mask and logs it with its job, in one transaction.
   *
   * @throws LeaseLostException if the job is another worker's now
   */
  public Mask publish(Lease lease, Made made) {
    return jdbi.inTransaction(
        handle -> {
          JobEvents.lock(handle, lease);
          Mask mask =
              MaskRow.insert(
                  handle,
                  new Mask(
                      0,
                      lease.job(),
                      made.image(),
                      made.variant(),
                      made.model(),
                      made.result(),
                      made.files(),
                      clock.instant()),
                  null);
          JobEvent.Draft event =
              new JobEvent.Draft(
                  JobEvent.Kind.ARTEFACT,
                  made.index(),
                  made.result().steps(),
                  "{\"mask\":" + mask.id() + "}");
          JobEvents.append(handle, clock, lease.job(), List.of(event));
          return mask;
        });
  }

  /**
   * Stores a mask that comes from a file. Its files must be durable before.
   *
   * @param source fingerprint of the file
   * @param image id of its image, or null if it was learned over many
   * @param variant how its image was shown, or null
   * @return the mask, or nothing if one with this source is stored already
   */
  public Optional<Mask> adopt(
      String source,
      String image,
      String variant,
      String model,
      Mask.Result result,
      Mask.Files files) {
    Mask found = new Mask(0, null, image, variant, model, result, files, clock.instant());
    try {
      return Optional.of(
          jdbi.inTransaction(
              handle -> MaskRow.insert(handle, found, Objects.requireNonNull(source))));
    } catch (UnableToExecuteStatementException e) {
      if (Database.isDuplicate(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Fingerprints of all the files that masks were taken from. */
  public Set<String> sources() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select source from mask where source is not null")
                .mapTo(String.class)
                .set());
  }

  public Optional<Mask> find(long id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from mask where id = :id and deleted_at is null")
                .bind("id", id)
                .map(MaskRow::read)
                .findOne());
  }

  /**
   * The mask.
   *
   * @throws UnknownIdException if there is none
   */
  public Mask get(long id) {
    return find(id).orElseThrow(() -> new UnknownIdException("mask", id));
  }

  /** Masks with smaller ids than {@code before}, newest first. */
  public Page<Mask> list(Filter filter, long before, int limit) {
    StringBuilder where = new StringBuilder("id < :before and deleted_at is null");
    if (filter.job() != null) {
      where.append(" and job_id = :job");
    }
    if (filter.image() != null) {
      where.append(" and image_id = :image");
    }
    if (filter.model() != null) {
      where.append(" and model_id = :model");
    }
    if (filter.kind() != null) {
      where.append(" and kind = :kind");
    }
    return jdbi.withHandle(
        handle -> {
          var query =
              handle
                  .createQuery(
                      "select * from mask where " + where + " order by id desc limit :limit")
                  .bind("before", before)
                  .bind("limit", limit + 1);
          if (filter.job() != null) {
            query.bind("job", filter.job());
          }
          if (filter.image() != null) {
            query.bind("image", filter.image());
          }
          if (filter.model() != null) {
            query.bind("model", filter.model());
          }
          if (filter.kind() != null) {
            query.bind("kind", filter.kind().name());
          }
          return Page.of(query.map(MaskRow::read).list(), limit, Mask::id);
        });
  }

  /** How many masks of single images each model has; those without any are left out. */
  public Map<String, Integer> imageMaskCounts() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select model_id, count(*) as masks from mask where kind = :kind"
                        + " and deleted_at is null"
                        + " group by model_id")
                .bind("kind", Mask.Kind.IMAGE_MASK.name())
                .map((row, context) -> Map.entry(row.getString("model_id"), row.getInt("masks")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /** All masks of single images of some models, in the order in which they were stored. */
  public List<Mask> imageMasksOf(Collection<String> models) {
    if (models.isEmpty()) {
      return List.of();
    }
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select * from mask where kind = :kind and model_id in (<models>)"
                        + " and deleted_at is null order by id")
                .bind("kind", Mask.Kind.IMAGE_MASK.name())
                .bindList("models", List.copyOf(models))
                .map(MaskRow::read)
                .list());
  }

  /**
   * The masks of a job in short.
   *
   * @param first id of the first that was finished
   * @param masks how many there are
   */
  public record OfJob(long first, int masks) {}

  /** The masks of some jobs in short; jobs without any are left out. */
  public Map<Long, OfJob> inShort(Collection<Long> jobs) {
    if (jobs.isEmpty()) {
      return Map.of();
    }
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select job_id, min(id) as first, count(*) as masks from mask"
                        + " where job_id in (<jobs>) and deleted_at is null group by job_id")
                .bindList("jobs", List.copyOf(jobs))
                .map(
                    (row, context) ->
                        Map.entry(
                            row.getLong("job_id"),
                            new OfJob(row.getLong("first"), row.getInt("masks"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /**
   * Steps that the newest masks of single images took that jobs with this preset have made under an
   * architecture, at most so many.
   */
  public List<Integer> stepsOfImages(String architecture, String preset, int most) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select mask.steps from mask join model on model.id = mask.model_id"
                        + " join job on job.id = mask.job_id"
                        + " where mask.kind = :kind and model.architecture = :architecture"
                        + " and job.specification like :preset"
                        + " order by mask.id desc limit :most")
                .bind("kind", Mask.Kind.IMAGE_MASK.name())
                .bind("architecture", architecture)
                .bind("preset", "%\"preset\":\"" + preset + "\"%")
                .bind("most", most)
                .mapTo(Integer.class)
                .list());
  }

  /** All masks of some jobs, in the order of completion. */
  public List<Mask> ofJobs(Collection<Long> jobs) {
    if (jobs.isEmpty()) {
      return List.of();
    }
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select * from mask where job_id in (<jobs>) and deleted_at is null"
                        + " order by id")
                .bindList("jobs", List.copyOf(jobs))
                .map(MaskRow::read)
                .list());
  }
}
