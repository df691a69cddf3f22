package io.fouriermasks.api;

import io.fouriermasks.store.Actor;
import io.fouriermasks.store.Jobs;
import io.fouriermasks.store.LabConfig;
import io.fouriermasks.store.UserStorage;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What users use of the lab, and how much they may. */
@Singleton
class UseViews {

  private final Jobs jobs;
  private final UserStorage storage;
  private final Limits limits;

  UseViews(Jobs jobs, UserStorage storage, LabConfig config) {
    this.jobs = jobs;
    this.storage = storage;
    LabConfig.PerUser most = config.perUser();
    this.limits =
        new Limits(
            orNone(most.maxJobsPerUser()),
            storage.most().orElse(null),
            orNone(most.maxRequestsPerMinute()));
  }

  /** What somebody uses. */
  @Schema(name = "Use", description = "What a user uses of the lab.")
  public record Use(
      @Schema(description = "Jobs that have not ended.") long jobs,
      @Schema(
              description =
                  "Bytes of photographs, of what jobs made, of models and datasets; those of before"
                      + " this was counted are nobody's.")
          long storage) {}

  /** What one may use. */
  @Schema(name = "Limits", description = "What a user may use; null where there is no limit.")
  public record Limits(Integer jobs, Long storage, Integer requestsPerMinute) {}

  /** What somebody uses now. */
  Use of(String name) {
    Actor user = new Actor(name);
    return new Use(jobs.unfinished(user), storage.of(user));
  }

  /** What each uses now, by name. */
  Function<String, Use> all() {
    Map<String, Long> unfinished = jobs.unfinishedByMaker();
    Map<String, Long> bytes = storage.byMaker();
    return name -> new Use(unfinished.getOrDefault(name, 0L), bytes.getOrDefault(name, 0L));
  }

  /** What each user may use. */
  Limits limits() {
    return limits;
  }

  private static Integer orNone(int most) {
    return most > 0 ? most : null;
  }
}
