package io.fouriermasks.job;

import io.fouriermasks.store.JobTableBackfill;
import io.fouriermasks.store.LabConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;

/** The order in which the lab starts and stops. */
@Singleton
class Lifecycle {

  private final ModelCatalogue catalogue;
  private final EngineLoader engine;
  private final MaskIntake masks;
  private final JobTableBackfill table;
  private final Recovery recovery;
  private final JobQueue queue;
  private final JobRunner runner;
  private final WorkerPulse pulse;
  private final Worker worker;
  private final LabConfig config;
  private final Event<LabSettled> settled;

  Lifecycle(
      ModelCatalogue catalogue,
      EngineLoader engine,
      MaskIntake masks,
      JobTableBackfill table,
      Recovery recovery,
      JobQueue queue,
      JobRunner runner,
      WorkerPulse pulse,
      Worker worker,
      LabConfig config,
      Event<LabSettled> settled) {
    this.catalogue = catalogue;
    this.engine = engine;
    this.masks = masks;
    this.table = table;
    this.recovery = recovery;
    this.queue = queue;
    this.runner = runner;
    this.pulse = pulse;
    this.worker = worker;
    this.config = config;
    this.settled = settled;
  }

  void start(@Observes StartupEvent event) {
    if (config.role() != LabConfig.Role.WORKER) {
      catalogue.refresh();
    }
    recovery.start();
    if (worker.isWorking()) {
      pulse.begin();
      queue.start();
    }
  }

  /**
   * Only now: loading libtorch takes the cores, and locks of the class loader, from everything that
   * the first page needs. Masks are taken in, and old jobs filled, on this thread, a worker's.
   */
  void listens(@ObservesAsync HttpServerStart event) {
    engine.start();
    if (config.role() == LabConfig.Role.WORKER) {
      return;
    }
    masks.run();
    table.run();
    settled.fire(new LabSettled());
  }

  void stop(@Observes ShutdownEvent event) {
    masks.stop();
    runner.shutDown();
    queue.stop();
    pulse.end();
  }
}
