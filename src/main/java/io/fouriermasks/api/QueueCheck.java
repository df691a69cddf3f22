package io.fouriermasks.api;

import io.fouriermasks.job.QueuePulse;
import io.fouriermasks.job.Worker;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Whether the thread lives that takes jobs from the queue; if not, only a new start helps. */
@Liveness
@Singleton
class QueueCheck implements HealthCheck {

  /** It polls every second; a database that hangs holds it for half a minute and some more. */
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);

  private final boolean isWorking;
  private final Supplier<Duration> silence;

  @Inject
  QueueCheck(Worker worker, QueuePulse pulse) {
    this(worker.isWorking(), pulse::silence);
  }

  QueueCheck(boolean isWorking, Supplier<Duration> silence) {
    this.isWorking = isWorking;
    this.silence = silence;
  }

  @Override
  public HealthCheckResponse call() {
    if (!isWorking) {
      return answer(true, "Other processes do the jobs.");
    }
    long seconds = silence.get().toSeconds();
    return seconds <= LONGEST_SILENCE.toSeconds()
        ? answer(true, "It looks for jobs.")
        : answer(
            false,
            "It has not looked for jobs for %d s; start the program again, jobs go on from their"
                    .formatted(seconds)
                + " checkpoints.");
  }

  private static HealthCheckResponse answer(boolean isUp, String reason) {
    return HealthCheckResponse.named("queue").status(isUp).withData("reason", reason).build();
  }
}
