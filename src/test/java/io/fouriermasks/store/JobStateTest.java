package io.fouriermasks.store;

import static io.fouriermasks.store.JobState.CANCELLED;
import static io.fouriermasks.store.JobState.FAILED;
import static io.fouriermasks.store.JobState.PAUSED;
import static io.fouriermasks.store.JobState.QUEUED;
import static io.fouriermasks.store.JobState.RUNNING;
import static io.fouriermasks.store.JobState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JobStateTest {

  @Test
  void exactly_the_changes_of_the_machine_are_allowed() {
    Map<JobState, Set<JobState>> allowed =
        Map.of(
            QUEUED, EnumSet.of(RUNNING, FAILED, CANCELLED),
            RUNNING, EnumSet.of(SUCCEEDED, FAILED, CANCELLED, PAUSED, QUEUED),
            PAUSED, EnumSet.of(QUEUED, CANCELLED),
            SUCCEEDED, EnumSet.noneOf(JobState.class),
            FAILED, EnumSet.noneOf(JobState.class),
            CANCELLED, EnumSet.noneOf(JobState.class));
    for (JobState from : JobState.values()) {
      for (JobState to : JobState.values()) {
        assertThat(from.mayBecome(to))
            .as("%s -> %s", from, to)
            .isEqualTo(allowed.get(from).contains(to));
      }
    }
  }

  @Test
  void nothing_follows_a_final_state() {
    for (JobState from : JobState.values()) {
      boolean hasNext = EnumSet.allOf(JobState.class).stream().anyMatch(from::mayBecome);
      assertThat(from.isFinal()).as("%s", from).isEqualTo(!hasNext);
    }
  }
}
