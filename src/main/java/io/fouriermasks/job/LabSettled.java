package io.fouriermasks.job;

/**
 * Fired when what a start has to do is done: the folders are looked through and old rows completed.
 */
public record LabSettled() {}
