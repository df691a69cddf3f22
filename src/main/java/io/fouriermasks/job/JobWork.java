package io.fouriermasks.job;

import io.fouriermasks.store.Job;
import java.util.function.BooleanSupplier;

/** What is done for a job. */
interface JobWork {

  /**
   * Does the job's work on the calling thread.
   *
   * @param isStopped asked before every step; once true, the work ends before the next one
   * @throws JobFailedException if it cannot be done, with a message for the user
   */
  void run(Job job, BooleanSupplier isStopped);
}
