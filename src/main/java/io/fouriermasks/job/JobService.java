package io.fouriermasks.job;

import io.fouriermasks.store.Actor;
import io.fouriermasks.store.AuditEntry.Action;
import io.fouriermasks.store.AuditLog.Deed;
import io.fouriermasks.store.DeletedJobs;
import io.fouriermasks.store.IllegalTransitionException;
import io.fouriermasks.store.Job;
import io.fouriermasks.store.JobSpecification;
import io.fouriermasks.store.JobState;
import io.fouriermasks.store.Jobs;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Consumer;

/** What users can do with jobs; the audit log has who did it. */
@Singleton
public class JobService {

  private final Jobs jobs;
  private final SpecificationCheck check;
  private final JobLog log;
  private final JobQueue queue;
  private final Dependants dependants;
  private final JobRunner runner;
  private final JobFolders folders;
  private final DeletedJobs deleted;
  private final Admission admission;

  JobService(
      Jobs jobs,
      SpecificationCheck check,
      JobLog log,
      JobQueue queue,
      Dependants dependants,
      JobRunner runner,
      JobFolders folders,
      DeletedJobs deleted,
      Admission admission) {
    this.deleted = deleted;
    this.admission = admission;
    this.jobs = jobs;
    this.check = check;
    this.log = log;
    this.queue = queue;
    this.dependants = dependants;
    this.runner = runner;
    this.folders = folders;
  }

  /**
   * Accepts a job. When this returns the job is on disk and queued.
   *
   * @throws InvalidSpecificationException if it could not be done
   * @throws io.fouriermasks.store.DiskFullException if there is no space for what it would make
   * @throws io.fouriermasks.store.StorageFullException if they keep as much as one may
   * @throws io.fouriermasks.store.TooManyJobsException if they have too many that have not ended
   */
  public Job submit(JobSpecification specification, Actor by) {
    admission.requireSpace(by);
    JobSpecification complete = check.complete(specification);
    Job job = jobs.insert(complete, SpecificationCheck.model(complete), by, admission.mostJobs());
    queue.add(job);
    return job;
  }

  /**
   * Cancels a job: at once if it waits, before its next step if it runs.
   *
   * @return the job as it is now; a running one becomes {@link JobState#CANCELLED} a moment later
   * @throws io.fouriermasks.store.UnknownIdException if there is no such job
   * @throws IllegalTransitionException if it has ended
   */
  public Job cancel(long id, Actor by) {
    Job cancelled =
        log.decide(
            id,
            job -> {
              if (job.state().isFinal()) {
                throw new IllegalTransitionException(id, job.state(), JobState.CANCELLED);
              }
              return Optional.of(JobState.CANCELLED);
            },
            new Deed(by, Action.JOB_CANCEL, "job " + id));
    dependants.ended(id, queue::add);
    runner.ask(id, JobState.CANCELLED); // its worker would hear of it a second later
    if (cancelled.state() == JobState.CANCELLED) {
      folders.delete(id); // one that was paused has a checkpoint
    }
    return cancelled;
  }

  /**
   * Pauses a running job before its next step. What it has reached is kept.
   *
   * @return the job as it is now; it becomes {@link JobState#PAUSED} a moment later
   * @throws io.fouriermasks.store.UnknownIdException if there is no such job
   * @throws IllegalTransitionException if it does not run
   */
  public Job pause(long id, Actor by) {
    Job job =
        log.decide(
            id,
            found -> {
              if (found.state() != JobState.RUNNING) {
                throw new IllegalTransitionException(id, found.state(), JobState.PAUSED);
              }
              return Optional.of(JobState.PAUSED);
            },
            new Deed(by, Action.JOB_PAUSE, "job " + id));
    runner.ask(id, JobState.PAUSED);
    return job;
  }

  /**
   * Lets a paused job go on from where it was.
   *
   * @return the job, queued
   * @throws io.fouriermasks.store.UnknownIdException if there is no such job
   * @throws IllegalTransitionException if it is not paused
   */
  public Job resume(long id, Actor by) {
    Job job =
        log.decide(
            id,
            found -> {
              if (found.state() != JobState.PAUSED) {
                throw new IllegalTransitionException(
                    id, found.state(), "only a paused job can be resumed");
              }
              return Optional.of(JobState.QUEUED);
            },
            new Deed(by, Action.JOB_RESUME, "job " + id));
    queue.add(job);
    return job;
  }

  /**
   * Deletes a job that has ended, with its masks and heat maps; it can be restored until {@code
   * fourier-masks.retention.deleted} has passed. A model that it trained stays.
   *
   * @param mayBe fails if this one must not delete this job
   * @throws io.fouriermasks.store.UnknownIdException if there is no such job
   * @throws IllegalTransitionException if it has not ended
   */
  public void delete(long id, Actor by, Consumer<Job> mayBe) {
    deleted.delete(
        id,
        by,
        job -> {
          mayBe.accept(job);
          if (!job.state().isFinal()) {
            throw new IllegalTransitionException(
                id, job.state(), "only a job that has ended can be deleted; cancel it first");
          }
        });
  }

  /**
   * Brings a deleted job back.
   *
   * @param mayBe fails if this one must not restore this job
   * @throws io.fouriermasks.store.UnknownIdException if it is not among the deleted ones
   */
  public Job restore(long id, Actor by, Consumer<Job> mayBe) {
    deleted.restore(id, by, mayBe);
    return jobs.get(id);
  }

  /**
   * Submits the same specification again. A training of a model, or of a mask over many images,
   * that an error or the end of the program has ended goes on from its last checkpoint.
   *
   * @return the new job
   * @throws io.fouriermasks.store.UnknownIdException if there is no such job
   * @throws IllegalTransitionException if the job has not ended
   * @throws InvalidSpecificationException if it can no longer be done
   * @throws io.fouriermasks.store.DiskFullException if there is no space for what it would make
   * @throws io.fouriermasks.store.StorageFullException if they keep as much as one may
   * @throws io.fouriermasks.store.TooManyJobsException if they have too many that have not ended
   */
  public Job retry(long id, Actor by) {
    Job old = jobs.get(id);
    if (!old.state().isFinal()) {
      throw new IllegalTransitionException(
          id, old.state(), "only a job that has ended can be started again");
    }
    admission.requireSpace(by);
    JobSpecification complete = check.complete(old.specification());
    Job job = jobs.insert(complete, SpecificationCheck.model(complete), by, admission.mostJobs());
    folders.handOver(id, job.id());
    queue.add(job);
    return job;
  }
}
