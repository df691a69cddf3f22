package io.fouriermasks.job;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** The order in which the lab starts and stops. */
@Singleton
class Lifecycle {

  private final ModelCatalogue catalogue;
  private final EngineLoader engine;
  private final Recovery recovery;
  private final JobQueue queue;
  private final JobRunner runner;

  Lifecycle(
      ModelCatalogue catalogue,
      EngineLoader engine,
      Recovery recovery,
      JobQueue queue,
      JobRunner runner) {
    this.catalogue = catalogue;
    this.engine = engine;
    this.recovery = recovery;
    this.queue = queue;
    this.runner = runner;
  }

  void start(@Observes StartupEvent event) {
    engine.start();
    catalogue.refresh();
    recovery.run();
    queue.start();
  }

  void stop(@Observes ShutdownEvent event) {
    runner.shutDown();
    queue.stop();
  }
}
