package io.fouriermasks.api;

import io.fouriermasks.job.ObjectsProbe;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether the object storage answered when it was last asked; without one all is in order. */
@Readiness
@Singleton
class ObjectStorageCheck implements HealthCheck {

  private final ObjectsProbe probe;

  ObjectStorageCheck(ObjectsProbe probe) {
    this.probe = probe;
  }

  @Override
  public HealthCheckResponse call() {
    String problem = probe.problem();
    String fine = probe.place().map(place -> place + " answers.").orElse("None is used.");
    return HealthCheckResponse.named("object storage")
        .status(problem == null)
        .withData("reason", problem == null ? fine : problem)
        .build();
  }
}
