package io.fouriermasks.api;

import io.fouriermasks.access.ProviderProbe;
import io.fouriermasks.store.ProviderDiscovery.Answer;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.health.api.HealthRegistry;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether the provider that people sign in through answered when it was last asked; without one
 * there is no such check. One that is away is said and counts as up: those with the lab's own
 * tokens, and all jobs, go on without it. (A check of the group wellness would not be asked by
 * readiness, but that is down takes the whole of {@code /q/health} with it, which the containers'
 * health check goes by.)
 */
@Singleton
class ProviderCheck {

  private static final String NAME = "provider";

  private final ProviderProbe probe;

  ProviderCheck(ProviderProbe probe) {
    this.probe = probe;
  }

  void register(@Observes StartupEvent start, @Readiness HealthRegistry readiness) {
    probe.url().ifPresent(url -> readiness.register(NAME, () -> judge(url, probe.answer())));
  }

  /**
   * @param answer what it said last, or empty if it has not been asked yet
   */
  static HealthCheckResponse judge(URI url, Optional<Answer> answer) {
    String reason = "It has not been asked yet.";
    if (answer.isPresent() && answer.get() instanceof Answer.Failure failure) {
      reason =
          "%s %s Until then nobody can sign in through it; tokens of the lab go on working."
              .formatted(failure.text(), failure.remedy());
    } else if (answer.isPresent()) {
      reason = url + " answers.";
    }
    return HealthCheckResponse.named(NAME)
        .up()
        .withData("reason", reason)
        .withData("answers", answer.filter(Answer.Document.class::isInstance).isPresent())
        .build();
  }
}
