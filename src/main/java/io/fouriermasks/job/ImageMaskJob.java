package io.fouriermasks.job;

import io.fouriermasks.store.Job;
import jakarta.inject.Singleton;
import java.util.function.BooleanSupplier;

/** Trains one mask for each image of a job, all at once. */
@Singleton
class ImageMaskJob implements JobWork {

  @Override
  public void run(Job job, BooleanSupplier isStopped) {
    throw new JobFailedException("Masks cannot be trained yet.");
  }
}
