package io.fouriermasks.api;

import io.fouriermasks.job.LabProbe;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether the database answered when it was last asked. */
@Readiness
@Singleton
class DatabaseCheck implements HealthCheck {

  private final LabProbe probe;

  DatabaseCheck(LabProbe probe) {
    this.probe = probe;
  }

  @Override
  public HealthCheckResponse call() {
    String problem = probe.seen().problem();
    return HealthCheckResponse.named("database")
        .status(problem == null)
        .withData("reason", problem == null ? "It answers." : problem)
        .build();
  }
}
