package io.fouriermasks.job;

import io.fouriermasks.store.Job;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;

/** What the jobs of this process do, as numbers that only grow: who scrapes them makes rates. */
@Singleton
class JobMeters {

  private final MeterRegistry registry;
  private final EngineLoader engine;

  JobMeters(MeterRegistry registry, EngineLoader engine) {
    this.registry = registry;
    this.engine = engine;
  }

  /** Those of one job, looked up once: a training counts thousands of steps a second. */
  Work of(Job job) {
    String device = engine.status().device();
    Tags tags =
        Tags.of(
            "kind",
            job.specification().kind().urlName(),
            "device",
            device == null ? "unknown" : device);
    return new Work(
        counter("fourier.masks.steps", "Updates of masks or weights, frequencies measured", tags),
        counter("fourier.masks.images", "Images that went through a network in the steps", tags),
        Timer.builder("fourier.masks.checkpoint")
            .description("Time that a training waited for its checkpoint")
            .tags(tags)
            .serviceLevelObjectives(
                Duration.ofMillis(10),
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10))
            .register(registry),
        counter("fourier.masks.checkpoint.failures", "Checkpoints that were not written", tags),
        counter("fourier.masks.previews", "Masks on their way that were kept", tags),
        Counter.builder("fourier.masks.artefacts")
            .description("Files that jobs made")
            .baseUnit("bytes")
            .tags(tags)
            .register(registry));
  }

  private Counter counter(String name, String description, Tags tags) {
    return Counter.builder(name).description(description).tags(tags).register(registry);
  }

  /**
   * The meters of one kind of job on one device.
   *
   * @param steps updates of a mask or of weights, or frequencies measured
   * @param images that went through a network in those steps, one each time
   * @param checkpoint time that a training waited for its checkpoint to be written
   * @param checkpointFailures checkpoints that could not be written
   * @param previews masks on their way that were kept
   * @param artefacts bytes of the files that were made
   */
  record Work(
      Counter steps,
      Counter images,
      Timer checkpoint,
      Counter checkpointFailures,
      Counter previews,
      Counter artefacts) {

    void stepped(int steps, int images) {
      this.steps.increment(steps);
      this.images.increment(images);
    }
  }
}
