package io.fouriermasks.api;

import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.JobState;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How addresses spell what jobs are filtered by; nothing given is null. */
final class JobParameters {

  private JobParameters() {}

  static JobSpecification.Kind kind(String kind) {
    try {
      return kind == null || kind.isEmpty() ? null : JobSpecification.Kind.of(kind);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.ofField("kind", e.getMessage()));
    }
  }

  static JobState state(String state) {
    if (state == null || state.isEmpty()) {
      return null;
    }
    return Arrays.stream(JobState.values())
        .filter(candidate -> candidate.name().equals(state))
        .findFirst()
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.ofField(
                        "state",
                        "'state' must be one of "
                            + Arrays.stream(JobState.values())
                                .map(JobState::name)
                                .collect(Collectors.joining(", "))
                            + ".")));
  }
}
