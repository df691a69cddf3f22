package io.fouriermasks.job;

import io.fouriermasks.store.Job;
import java.util.function.BooleanSupplier;

/** What is done for a job. */
interface JobWork {

  /**
   * Does the job's work on the calling thread.
   *
   * @param isStopped asked before every step; once true, the work ends before the next one
   * @return whether all is made; false if it was stopped before
   * @throws JobFailedException if it cannot be done, with a message for the user
   */
  boolean run(Job job, BooleanSupplier isStopped);
}
