package io.fouriermasks.store;

/**
 * The right to work on a job. Every beginning of a job has a larger number than the one before, so
 * that a worker which was taken for dead, and is not, cannot write any more.
 *
 * @param job id of the job
 * @param number how often the job had been begun by then, itself included
 */
public record Lease(long job, long number) {}
