package io.fouriermasks.job;

import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobSpecification;

/** Which jobs go first. Among equal ones the oldest does. */
final class Priority {

  /** Somebody waits in front of the screen: it overtakes what runs. */
  static final int INTERACTIVE = 10;

  static final int NORMAL = 0;

  private static final int FEW_IMAGES = 4;

  private Priority() {}

  /**
   * That of a job. Masks of a few photographs, chosen by hand, are a matter of minutes; a study is
   * not waited for.
   */
  static int of(Job job) {
    return job.specification() instanceof JobSpecification.ImageMasks asked
            && asked.images().size() <= FEW_IMAGES
            && job.study() == null
        ? INTERACTIVE
        : NORMAL;
  }
}
