package io.fouriermasks.job;

import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobSpecification;
import jakarta.inject.Singleton;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Which work belongs to which kind of job. */
@Singleton
class JobDispatch implements JobWork {

  private final EngineLoader engine;
  private final ImageMaskJob imageMasks;
  private final SharedMaskJob sharedMasks;
  private final ModelJob models;
  private final HeatMapJob heatMaps;

  JobDispatch(
      EngineLoader engine,
      ImageMaskJob imageMasks,
      SharedMaskJob sharedMasks,
      ModelJob models,
      HeatMapJob heatMaps) {
    this.engine = engine;
    this.imageMasks = imageMasks;
    this.sharedMasks = sharedMasks;
    this.models = models;
    this.heatMaps = heatMaps;
  }

  @Override
  public boolean run(Job job, BooleanSupplier isStopped) {
    try {
      engine.await();
    } catch (EngineUnavailableException e) {
      throw new JobFailedException(e.getMessage(), e);
    }
    JobSpecification specification = job.specification();
    try {
      return switch (specification.kind()) {
        case IMAGE_MASK ->
            imageMasks.run(job, (JobSpecification.ImageMasks) specification, isStopped);
        case MODEL_MASK ->
            sharedMasks.run(job, (JobSpecification.ModelMask) specification, isStopped);
        case CLASS_MASK ->
            sharedMasks.run(job, (JobSpecification.ClassMasks) specification, isStopped);
        case TRAIN_MODEL -> models.run(job, (JobSpecification.TrainModel) specification, isStopped);
        case HEAT_MAP -> heatMaps.run(job, (JobSpecification.HeatMap) specification, isStopped);
      };
    } catch (CancellationException e) {
      return false; // whoever stopped it says what the job becomes
    }
  }
}
