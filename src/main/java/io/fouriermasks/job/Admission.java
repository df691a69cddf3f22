package io.fouriermasks.job;

import io.fouriermasks.store.Actor;
import io.fouriermasks.store.DiskSpace;
import io.fouriermasks.store.LabConfig;
import io.fouriermasks.store.UserStorage;
import jakarta.inject.Singleton;

/** Whether somebody may start new jobs. */
@Singleton
class Admission {

  private final DiskSpace space;
  private final UserStorage storage;
  private final int mostJobs;

  Admission(DiskSpace space, UserStorage storage, LabConfig config) {
    this.space = space;
    this.storage = storage;
    this.mostJobs = config.perUser().maxJobsPerUser();
  }

  /**
   * Refuses what there is no space for; how much a job makes is not known before.
   *
   * @throws io.fouriermasks.store.DiskFullException if the disk is full
   * @throws io.fouriermasks.store.StorageFullException if they keep as much as one may
   */
  void requireSpace(Actor by) {
    space.require(0);
    storage.require(by, 1);
  }

  /** Jobs that one may have that have not ended; 0 is any number. */
  int mostJobs() {
    return mostJobs;
  }
}
