package io.fouriermasks.store;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * The jobs of somebody that have not ended, by their state, and how many there may be. What is
 * paused counts too: it has a checkpoint, and goes on.
 */
record UnfinishedJobs(Map<JobState, Long> byState) {

  static final List<String> STATES =
      Stream.of(JobState.values()).filter(state -> !state.isFinal()).map(JobState::name).toList();

  /** Those of a maker. */
  static UnfinishedJobs of(Handle handle, String maker) {
    Map<JobState, Long> byState = new EnumMap<>(JobState.class);
    handle
        .createQuery(
            "select state, count(*) as jobs from job where state in (<states>)"
                + " and created_by = :maker group by state")
        .bindList("states", STATES)
        .bind("maker", maker)
        .map((row, context) -> Map.entry(row.getString("state"), row.getLong("jobs")))
        .forEach(entry -> byState.put(JobState.valueOf(entry.getKey()), entry.getValue()));
    return new UnfinishedJobs(byState);
  }

  /** How many each has who has some. */
  static Map<String, Long> byMaker(Handle handle) {
    Map<String, Long> jobs = new HashMap<>();
    handle
        .createQuery(
            "select created_by, count(*) as jobs from job where state in (<states>)"
                + " and created_by is not null group by created_by")
        .bindList("states", STATES)
        .map((row, context) -> Map.entry(row.getString("created_by"), row.getLong("jobs")))
        .forEach(entry -> jobs.put(entry.getKey(), entry.getValue()));
    return jobs;
  }

  /**
   * Refuses what would be too many, in the transaction that stores them. Who has a row is asked for
   * one at a time, so that two requests at once do not both find room; who has the lab's first
   * token has none, and may get a few too many that way.
   *
   * @param more how many are to be stored
   * @param most that somebody may have; 0 is any number
   * @throws TooManyJobsException if there would be more than that
   */
  static void require(Handle handle, Actor by, int more, int most) {
    if (most <= 0 || more == 0 || by.asMaker() == null) {
      return;
    }
    handle
        .createQuery("select id from lab_user where name = :name for update")
        .bind("name", by.name())
        .mapTo(long.class)
        .list();
    UnfinishedJobs now = of(handle, by.name());
    if (now.total() + more > most) {
      throw new TooManyJobsException(now.refusal(more, most));
    }
  }

  long total() {
    return byState.values().stream().mapToLong(Long::longValue).sum();
  }

  private String refusal(int more, int most) {
    String what = more == 1 ? "one more" : "%d more".formatted(more);
    String theirs =
        total() == 0
            ? "none now"
            : "%d now (%s)"
                .formatted(
                    total(),
                    byState.entrySet().stream()
                        .map(
                            entry ->
                                entry.getValue()
                                    + " "
                                    + entry.getKey().name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")));
    String remedy =
        more > most
            ? "Ask for fewer at once"
            : "Wait until some have ended, or cancel some on the page Jobs";
    return "You may have %d jobs that have not ended. You have %s, and this asks for %s. %s."
        .formatted(most, theirs, what, remedy);
  }
}
