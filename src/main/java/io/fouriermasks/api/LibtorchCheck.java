package io.fouriermasks.api;

import io.fouriermasks.job.EngineLoader;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether something can be computed. While libtorch is being loaded the lab is ready: pages and
 * uploads need none, and jobs wait in the queue.
 */
@Readiness
@Singleton
class LibtorchCheck implements HealthCheck {

  private final EngineLoader engine;

  LibtorchCheck(EngineLoader engine) {
    this.engine = engine;
  }

  @Override
  public HealthCheckResponse call() {
    EngineLoader.Status status = engine.status();
    boolean hasFailed = status.state() == EngineLoader.State.FAILED;
    String remedy = " Nothing is computed until that is mended and the program started again.";
    return HealthCheckResponse.named("libtorch")
        .status(!hasFailed)
        .withData("reason", hasFailed ? status.detail() + remedy : status.detail())
        .build();
  }
}
