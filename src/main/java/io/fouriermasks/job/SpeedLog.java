package io.fouriermasks.job;

import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.Models;
import io.fouriermasks.store.Throughputs;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Keeps how fast jobs were, for the estimates of later ones. */
@Singleton
class SpeedLog {

  private static final Logger LOG = Logger.getLogger(SpeedLog.class);

  private final Throughputs throughputs;
  private final Models models;
  private final EngineLoader engine;

  SpeedLog(Throughputs throughputs, Models models, EngineLoader engine) {
    this.throughputs = throughputs;
    this.models = models;
    this.engine = engine;
  }

  /** Keeps what was measured of a job, if it was long enough. A job never fails of this. */
  void keep(Job job, SpeedMeter meter) {
    try {
      JobSpecification specification = job.specification();
      String architecture =
          specification instanceof JobSpecification.TrainModel made
              ? made.architecture()
              : models.get(specification.model()).architecture();
      meter
          .measured(Estimates.batch(specification))
          .ifPresent(
              measured ->
                  throughputs.put(
                      Estimates.work(specification, architecture, engine.status().device()),
                      measured));
    } catch (RuntimeException e) {
      LOG.warnf("the speed of job %d is not kept: %s", job.id(), e.getMessage());
    }
  }
}
