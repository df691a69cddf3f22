package io.fouriermasks.store;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.fouriermasks.store.UserStorage.Kind;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * What uses models and datasets. A model's masks and heat maps mean nothing without it; a dataset
 * is needed only until a job has ended.
 */
public final class FileUses {

  private static final int JOBS_TO_NAME = 20;

  /** The job that has trained a model is history when it has ended. */
  private static final String ABOUT_MODEL =
      "model_id = :id and (kind <> 'TRAIN_MODEL' or state in (<unfinished>))";

  private static final String WITH_DATASET = "specification like :dataset escape '!'";

  private FileUses() {}

  /**
   * What uses something.
   *
   * @param jobs the last of those that must be deleted or have ended before, at most 20
   * @param masksWithoutJob how many masks of a model were read from files
   * @param endedJobs how many jobs have used a dataset; their results stay
   */
  public record Use(List<Long> jobs, long masksWithoutJob, long endedJobs) {

    public Use {
      jobs = List.copyOf(jobs);
    }

    /** Whether nothing keeps it from being deleted. */
    public boolean isNothing() {
      return jobs.isEmpty() && masksWithoutJob == 0;
    }
  }

  static Use of(Handle handle, Kind kind, String id) {
    return switch (kind) {
      case MODEL ->
          new Use(
              bound(
                      handle.createQuery(
                          "select id from job where deleted_at is null and %s order by id desc limit %d"
                              .formatted(ABOUT_MODEL, JOBS_TO_NAME)),
                      id)
                  .mapTo(long.class)
                  .list(),
              handle
                  .createQuery(
                      "select count(*) from mask where model_id = :id and job_id is null"
                          + " and deleted_at is null")
                  .bind("id", id)
                  .mapTo(long.class)
                  .one(),
              0);
      case DATASET ->
          new Use(
              bound(
                      handle.createQuery(
                          "select id from job where state in (<unfinished>) and %s order by id desc limit %d"
                              .formatted(WITH_DATASET, JOBS_TO_NAME)),
                      id)
                  .mapTo(long.class)
                  .list(),
              0,
              bound(
                      handle.createQuery(
                          "select count(*) from job where deleted_at is null"
                              + " and state not in (<unfinished>) and %s".formatted(WITH_DATASET)),
                      id)
                  .mapTo(long.class)
                  .one());
    };
  }

  /** Whether rows need something, also rows that are deleted and can be restored. */
  static boolean isNamed(Handle handle, Kind kind, String id) {
    List<String> questions =
        switch (kind) {
          case MODEL ->
              List.of(
                  "select count(*) from job where " + ABOUT_MODEL,
                  "select count(*) from mask where model_id = :id",
                  "select count(*) from heat_map where model_id = :id");
          case DATASET ->
              List.of("select count(*) from job where state in (<unfinished>) and " + WITH_DATASET);
        };
    return questions.stream()
        .anyMatch(question -> bound(handle.createQuery(question), id).mapTo(long.class).one() > 0);
  }

  private static Query bound(Query query, String id) {
    return query
        .bind("id", id)
        .bind("dataset", "%\"dataset\":\"" + escaped(id) + "\"%")
        .bindList("unfinished", UnfinishedJobs.STATES);
  }

  /** As it stands in a specification, with nothing in it that {@code like} understands. */
  private static String escaped(String id) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(id))
        .replace("!", "!!")
        .replace("%", "!%")
        .replace("_", "!_");
  }
}
